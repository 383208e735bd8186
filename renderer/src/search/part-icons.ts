import {
  Camera,
  CalendarDays,
  CircleDot,
  CircleQuestionMark,
  FileImage,
  FileType,
  Folder,
  Gauge,
  Hash,
  ListChecks,
  MapPin,
  Radar,
  Shapes,
  Tag,
  TextSearch,
  UserRoundPen,
} from '@lucide/vue'
import type { Component } from 'vue'
import type { QueryPart, Reason } from '../../../electron/core/contract/values.ts'

/** What a part of the query is about, as a picture; its meaning already says it in words. */
export const partIcons: Readonly<Record<QueryPart['kind'] | Reason['kind'], Component>> = {
  label: Tag,
  category: Shapes,
  'own-label': UserRoundPen,
  folder: Folder,
  camera: Camera,
  place: MapPin,
  near: Radar,
  type: FileType,
  date: CalendarDays,
  has: ListChecks,
  is: CircleDot,
  confidence: Gauge,
  name: FileImage,
  keyword: Hash,
  word: TextSearch,
  unknown: CircleQuestionMark,
}
