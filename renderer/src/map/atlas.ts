import atlas from 'world-atlas/countries-50m.json' with { type: 'json' }
import type { GeometryCollection, Topology } from 'topojson-specification'

/** What TypeScript cannot read from the file. */
export default atlas as unknown as Topology<{ countries: GeometryCollection; land: GeometryCollection }>
