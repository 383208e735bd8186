/** Minutes from UTC that clocks somewhere on earth stand at. */
const inUse = [
  ...Array.from({ length: 27 }, (_, at) => (at - 12) * 60),
  ...[-9.5, -3.5, 3.5, 4.5, 5.5, 5.75, 6.5, 8.75, 9.5, 10.5, 12.75].map((hours) => hours * 60),
]

const two = (value: number): string => String(value).padStart(2, '0')

function offsetText(minutes: number): string {
  const size = Math.abs(minutes)
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`
}

function minutesOf(offset: string): number {
  const [, sign, hours = '0', minutes = '0'] = /^([+-])(\d\d):(\d\d)$/u.exec(offset) ?? []
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes))
}

/** All offsets (`+02:00`) in use and some others, from the west to the east. */
export function zonesWith(others: readonly string[]): string[] {
  const all = new Set([...inUse, ...others.map(minutesOf)])
  return [...all].toSorted((a, b) => a - b).map(offsetText)
}

/** "UTC+2", "UTC−3:30". */
export function zoneName(offset: string): string {
  const [, sign = '+', hours = '0', minutes = '00'] = /^([+-])(\d\d):(\d\d)$/u.exec(offset) ?? []
  if (offset === '+00:00') return 'UTC'
  return `UTC${sign === '-' ? '−' : '+'}${Number(hours)}${minutes === '00' ? '' : `:${minutes}`}`
}

/** The offset of this computer at a moment. */
export function offsetHere(moment: Date): string {
  return offsetText(-moment.getTimezoneOffset())
}
