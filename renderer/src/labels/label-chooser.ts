import { defineStore } from 'pinia'
import { onBeforeUnmount } from 'vue'
import type { Verdict } from './decisions.ts'

type Choose = (verdict: Exclude<Verdict, 'clear'>) => void

/** Where a label for the photos at hand is picked or typed: the bar of the selection, and above it the viewer. */
export const useLabelChooser = defineStore('label-chooser', () => {
  const places: Choose[] = []

  return {
    /** While the component lives, a wish for a label is its matter; the latest one wins. */
    offer: (choose: Choose) => {
      places.push(choose)
      onBeforeUnmount(() => {
        places.splice(places.indexOf(choose), 1)
      })
    },
    choose: (verdict: Exclude<Verdict, 'clear'>) => places.at(-1)?.(verdict),
  }
})
