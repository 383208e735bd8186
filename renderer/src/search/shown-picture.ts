import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { mostPictureBytes } from '../../../electron/core/contract/shown-pictures.ts'
import { api } from '../api.ts'
import { useScreens } from '../app/screens.ts'
import { t } from '../i18n/words.ts'
import { useToasts } from '../notices/toasts.ts'
import { useSearch } from './search.ts'

interface Shown {
  readonly mark: string
  readonly name: string
  /** Address of a picture of it. */
  readonly preview: string
}

/** Pixels of the longer side of what is sent of a picture that is too large as it is: thumbnails have 512. */
const sentSide = 1024
/** Bytes of a file that the window decodes itself. */
const mostDecoded = 200_000_000

/** A picture that is not in the library, and photos like it. */
export const useShownPicture = defineStore('shown-picture', () => {
  const { fail, show } = useToasts()
  const search = useSearch()
  const pictures = shallowRef<readonly Shown[]>([])
  /** Name of the file that is being looked at. */
  const looking = ref<string | null>(null)

  /** The picture that the photos on the wall are like. */
  const current = computed(() => {
    const parts = (search.summary?.understood ?? []).filter(({ kind }) => kind === 'similar')
    return pictures.value.find(({ mark }) => parts.some(({ text }) => text.endsWith(mark))) ?? null
  })

  /** Asks for photos like the picture in a file. */
  async function lookAt(file: File): Promise<void> {
    looking.value = file.name
    try {
      const bytes = await bytesOf(file)
      if (bytes === null || bytes === '') {
        show(bytes === null ? t('shown.tooLarge') : t('shown.unreadable'), { tone: 'error' })
        return
      }
      const answer = await api.showPicture({ name: file.name.slice(0, 255), bytes })
      if (!answer.ok) {
        if (answer.error.code === 'unsupported')
          show(t('shown.unreadable'), { tone: 'error', detail: answer.error.message })
        else fail(answer.error)
        return
      }
      const { mark, preview } = answer.value
      pictures.value = [
        ...pictures.value.filter((each) => each.mark !== mark),
        { mark, name: file.name, preview: `data:image/jpeg;base64,${preview}` },
      ].slice(-16)
      const screens = useScreens()
      screens.viewed = null
      screens.compared = null
      screens.show('photos')
      search.ask(`${t('query.similar')}:${mark}`)
    } finally {
      looking.value = null
    }
  }

  return { current, looking, lookAt }
})

/** The file in base64, or a smaller picture of it; `null` where it is too large and the window cannot decode it. */
async function bytesOf(file: File): Promise<string | null> {
  const sent = file.size <= mostPictureBytes ? file : await smaller(file)
  return sent === null ? null : base64Of(sent)
}

async function smaller(file: File): Promise<Blob | null> {
  if (file.size > mostDecoded) return null
  const bitmap = await createImageBitmap(file).catch(() => null)
  if (bitmap === null) return null
  const scale = Math.min(1, sentSide / Math.max(bitmap.width, bitmap.height))
  const canvas = new OffscreenCanvas(
    Math.max(1, Math.round(bitmap.width * scale)),
    Math.max(1, Math.round(bitmap.height * scale)),
  )
  const context = canvas.getContext('2d')
  if (context !== null) context.imageSmoothingQuality = 'high'
  context?.drawImage(bitmap, 0, 0, canvas.width, canvas.height)
  bitmap.close()
  return canvas.convertToBlob({ type: 'image/jpeg', quality: 0.92 })
}

function base64Of(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () => {
      const { result } = reader
      resolve(typeof result === 'string' ? result.slice(result.indexOf(',') + 1) : '')
    }
    reader.onerror = () => {
      reject(reader.error ?? new Error('The file could not be read.'))
    }
    reader.readAsDataURL(blob)
  })
}
