import { goldenAnswers } from './golden-answers.ts'

/** A drawn picture whose right answer is known, to find out whether a provider computes what it should. */
export interface GoldenPicture {
  readonly name: string
  /** 224×224 RGB. */
  readonly rgb: Uint8Array
  /** Probabilities by class index, from the exact model on the CPU; what is not listed is below 0.001. */
  readonly answer: ReadonlyMap<number, number>
}

type Colour = readonly [red: number, green: number, blue: number]
type Painter = (x: number, y: number) => Colour

const side = 224
const centre = side / 2

/** Drawn, because photos cannot be given away; each shows a thing that the model is sure of. */
const painters: Readonly<Record<keyof typeof goldenAnswers, Painter>> = {
  trafficLight,
  clock,
  lighthouse,
  spiderWeb,
}

export function goldenPictures(): readonly GoldenPicture[] {
  return Object.entries(painters).map(([name, painter]) => ({
    name,
    rgb: paint(painter),
    answer: new Map(goldenAnswers[name as keyof typeof goldenAnswers]),
  }))
}

function paint(painter: Painter): Uint8Array {
  const rgb = new Uint8Array(side * side * 3)
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) rgb.set(painter(x, y).map(Math.floor), (y * side + x) * 3)
  }
  return rgb
}

function trafficLight(x: number, y: number): Colour {
  const inHousing = x > 72 && x < 152 && y > 12 && y < 212
  if (!inHousing) return [120 + y / 3, 170 + y / 4, 230]
  const lamp = (middle: number) => Math.hypot(x - centre, y - middle) < 26
  if (lamp(48)) return [255, 40, 30]
  if (lamp(112)) return [70, 60, 10]
  if (lamp(176)) return [10, 60, 30]
  return [25, 25, 28]
}

function clock(x: number, y: number): Colour {
  const [right, down] = [x - centre, y - centre]
  const radius = Math.hypot(right, down)
  if (radius > 100) return [200, 180, 150]
  if (radius > 92) return [20, 20, 20]
  if (radius > 75 && Math.abs(Math.sin(6 * Math.atan2(down, right))) < 0.12) return [10, 10, 10]
  const minuteHand = Math.abs(right) < 3 && down < 0 && down > -65
  const hourHand = Math.abs(down) < 3 && right > 0 && right < 45
  return minuteHand || hourHand ? [0, 0, 0] : [250, 250, 250]
}

function lighthouse(x: number, y: number): Colour {
  const fromAxis = Math.abs(x - centre)
  if (y > 60 && y < 190 && fromAxis < 14 + (y - 60) * 0.09) {
    return Math.floor((y - 60) / 22) % 2 === 1 ? [235, 235, 235] : [200, 30, 35]
  }
  if (y > 40 && y <= 60 && fromAxis < 10) return [250, 240, 150]
  if (y > 30 && y <= 40 && fromAxis < y - 28) return [60, 20, 20]
  if (y >= 185) return [60 + ((x * 7 + y * 5) % 30), 90, 60]
  return [110 + y * 0.4, 160 + y * 0.3, 235]
}

function spiderWeb(x: number, y: number): Colour {
  const [right, down] = [x - centre, y - centre]
  const radius = Math.hypot(right, down)
  const onRing = radius % 12 < 1.2
  const onSpoke = Math.abs(Math.sin(8 * Math.atan2(down, right))) * radius < 1
  return onRing || onSpoke ? [220, 220, 225] : [25, 40, 25]
}
