import { t } from '../i18n/words.ts'
import { useToasts } from '../notices/toasts.ts'
import { copyText } from './copy-text.ts'

/** Puts a path on the clipboard and says so, or that it could not be done. */
export async function copyPath(path: string): Promise<void> {
  useToasts().show((await copyText(path)) ? t('viewer.copied') : t('viewer.notCopied'))
}
