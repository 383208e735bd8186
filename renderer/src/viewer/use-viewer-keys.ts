import type { Ref } from 'vue'
import { useKey } from '../app/use-key.ts'
import type ZoomStage from './ZoomStage.vue'

/** What the keys of the viewer move. */
interface Viewer {
  readonly stage: Readonly<Ref<InstanceType<typeof ZoomStage> | null>>
  /** More than all of the photo fits the stage. */
  readonly isZoomed: () => boolean
  /** Nothing lies over the viewer that has keys of its own. */
  readonly isFree: () => boolean
  readonly go: (index: number) => void
  readonly next: () => void
  readonly previous: () => void
  readonly total: () => number
  readonly toggleInfo: () => void
  readonly toggleFullScreen: () => void
  readonly startSlideshow: () => void
  /** `null`: the photo does not move. */
  readonly togglePlaying: () => (() => void) | null
  readonly openMenu: () => void
}

/** Part of the stage by which a key moves a photo that is zoomed in. */
const panStep = 0.2

/** There some keys scroll. */
const isInPanel = (): boolean => document.activeElement?.closest('aside') instanceof HTMLElement

/** The keys of the viewer but those of what is done with its photo. */
export function useViewerKeys({ stage, isZoomed, isFree, ...viewer }: Viewer): void {
  const pan = (right: number, down: number) => () => stage.value?.pan(right * panStep, down * panStep)
  const zoomed = () => isFree() && isZoomed()
  useKey('viewer', 'previous', viewer.previous, isFree)
  useKey('viewer', 'next', viewer.next, isFree)
  useKey('viewer', 'panLeft', pan(-1, 0), zoomed)
  useKey('viewer', 'panRight', pan(1, 0), zoomed)
  useKey('viewer', 'panUp', pan(0, -1), zoomed)
  useKey('viewer', 'panDown', pan(0, 1), zoomed)
  const onPhoto = () => isFree() && !isInPanel()
  useKey('viewer', 'pageUp', viewer.previous, onPhoto)
  useKey('viewer', 'pageDown', viewer.next, onPhoto)
  useKey('viewer', 'first', () => viewer.go(0), onPhoto)
  useKey('viewer', 'last', () => viewer.go(viewer.total() - 1), onPhoto)
  useKey('viewer', 'info', viewer.toggleInfo, isFree)
  useKey('viewer', 'zoomIn', () => stage.value?.zoomIn(), isFree)
  useKey('viewer', 'zoomOut', () => stage.value?.zoomOut(), isFree)
  useKey('viewer', 'actualSize', () => stage.value?.toggleActual(), isFree)
  useKey('viewer', 'fullScreen', viewer.toggleFullScreen, isFree)
  useKey('viewer', 'slideshow', viewer.startSlideshow, isFree)
  useKey('viewer', 'menu', viewer.openMenu, isFree)
  // Elsewhere the space bar presses what has the focus.
  const canPlay = () =>
    isFree() && viewer.togglePlaying() !== null && !(document.activeElement instanceof HTMLButtonElement)
  useKey('viewer', 'play', () => viewer.togglePlaying()?.(), canPlay)
}
