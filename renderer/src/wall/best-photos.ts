import { defineStore } from 'pinia'
import { api } from '../api.ts'
import { useToasts } from '../notices/toasts.ts'
import { usePartFacts } from './part-facts.ts'

/** Photos of a mosaic at the most. */
export const mostInMosaic = 7

/** The photos that stand for the months and years of the list. */
export const useBestPhotos = defineStore('best-photos', () => {
  const { attempt } = useToasts()
  return usePartFacts(24, (search, spans) =>
    attempt(api.getBest({ search, spans: [...spans], most: mostInMosaic })),
  )
})
