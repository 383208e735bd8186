import { FileWarning, TriangleAlert, Unplug } from '@lucide/vue'
import type { Component } from 'vue'
import type { WallPhoto } from '../../../electron/core/contract/values.ts'

/** What is the matter with a photo, as a sign in its corner. */
export function badgeOf(photo: WallPhoto | null): Component | null {
  if (photo === null) return null
  if (photo.offline) return Unplug
  if (photo.damaged) return TriangleAlert
  return photo.state === 'failed' ? FileWarning : null
}
