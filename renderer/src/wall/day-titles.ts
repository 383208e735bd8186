import { defineStore } from 'pinia'
import { api } from '../api.ts'
import { useToasts } from '../notices/toasts.ts'
import { usePartFacts } from './part-facts.ts'

/** What the days of the list were: events and places. */
export const useDayTitles = defineStore('day-titles', () => {
  const { attempt } = useToasts()
  return usePartFacts(100, (search, spans) => attempt(api.getDayTitles({ search, spans: [...spans] })))
})
