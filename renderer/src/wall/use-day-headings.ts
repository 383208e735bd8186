import { computed, watch, type ComputedRef, type Ref } from 'vue'
import { dayName, shortDayName } from '../i18n/words.ts'
import { usePhotoList } from '../photos/photo-list.ts'
import { useSelection } from '../selection/selection.ts'
import { useDayTicks, type DayTick } from './day-ticks.ts'
import { useDayTitles } from './day-titles.ts'
import { blocksBetween, headingBox, type Block, type PhotoBox, type WallLayout } from './wall-layout.ts'

export interface DayHeading {
  readonly block: Block
  /** "Sat 9 May 2026"; shorter where days share a row. */
  readonly day: string
  /** "Wedding Olga · Moscow", as far as it is known. */
  readonly told: string
  readonly tick: DayTick
  /** On the wall. */
  readonly box: PhotoBox
}

interface Wall {
  readonly layout: ComputedRef<WallLayout>
  readonly top: Ref<number>
  readonly viewport: Ref<number>
  readonly width: Ref<number>
  /** Nothing moves fast: titles may be asked for. */
  readonly calm: Ref<boolean>
}

/** The headings of the days near the screen. */
export function useDayHeadings({ layout, top, viewport, width, calm }: Wall) {
  const titles = useDayTitles()
  const list = usePhotoList()
  const selection = useSelection()
  const { tickOf, toggle } = useDayTicks()

  const half = computed(() => Math.round(viewport.value / 2))
  /** Days are looked up anew every half viewport, not with every pixel. */
  const step = computed(() => (half.value === 0 ? 0 : Math.floor(top.value / half.value) * half.value))
  const blocks = computed(() =>
    blocksBetween(layout.value, step.value - half.value, step.value + 4 * half.value),
  )
  watch(
    [blocks, calm],
    () => {
      if (calm.value && layout.value.heading > 0)
        titles.want(
          blocks.value.flatMap(({ day, first, count }) => (day === null ? [] : [{ key: day, first, count }])),
        )
    },
    { immediate: true },
  )

  const toldOf = (day: string | null): string => {
    const { event = null, place = null } = (day === null ? undefined : titles.facts.get(day)) ?? {}
    return [event, place].filter((part) => part !== null).join(' · ')
  }

  const headings = computed((): readonly DayHeading[] => {
    void selection.changes
    void list.arrivals
    const shown = blocks.value
    return shown.map((block, at) => {
      const next = shown[at + 1]
      const isAlone = next?.row !== block.row && shown[at - 1]?.row !== block.row
      return {
        block,
        day: isAlone ? dayName(block.day) : shortDayName(block.day),
        told: toldOf(block.day),
        tick: tickOf(block),
        box: headingBox(layout.value, block, next, width.value),
      }
    })
  })

  return { headings, toldOf, toggle }
}
