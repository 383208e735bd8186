/** Mean radius of the earth, km. */
const earthRadius = 6371.0088

const radians = Math.PI / 180

/** Where a position lies on a ball of the earth's size: km from its middle. There are no poles and no date line in it. */
export function onSphere(latitude: number, longitude: number): readonly [x: number, y: number, z: number] {
  const around = earthRadius * Math.cos(latitude * radians)
  return [
    around * Math.cos(longitude * radians),
    around * Math.sin(longitude * radians),
    earthRadius * Math.sin(latitude * radians),
  ]
}

/** The position of a point on the ball. */
export function positionOf(x: number, y: number, z: number): Position {
  return { latitude: Math.atan2(z, Math.hypot(x, y)) / radians, longitude: Math.atan2(y, x) / radians }
}

/** The way over ground between two points that a straight line (km) joins through it. */
export function alongGround(straight: number): number {
  return 2 * earthRadius * Math.asin(Math.min(1, straight / (2 * earthRadius)))
}

interface Position {
  readonly latitude: number
  readonly longitude: number
}

/** Distance over ground, km. */
export function distance(one: Position, other: Position): number {
  const a = onSphere(one.latitude, one.longitude)
  const b = onSphere(other.latitude, other.longitude)
  return alongGround(Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]))
}
