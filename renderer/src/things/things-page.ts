import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'

/** How the page of things was left: Back finds it so. */
export const useThingsPage = defineStore('things-page', () => ({
  /** What is looked for. */
  text: ref(''),
  /** Sections of which all is shown. */
  open: shallowRef<ReadonlySet<string>>(new Set()),
  /** The card that was chosen last. */
  last: ref<string | null>(null),
}))
