import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { defineConfig, mergeConfig } from 'vitest/config'
import base from '../vitest.config.ts'

const material = process.env['KARTOTEKA_SHARED'] ?? resolve(import.meta.dirname, '../../../shared')
const isThere = existsSync(material)
if (!isThere) {
  console.log(
    `Left out: what measures photos of the world. They are looked for in ${material}; see KARTOTEKA_SHARED.`,
  )
}

const { projects: _others, globalSetup: _drawn, ...common } = base.test ?? {}

/** The real network on photos of the world, which lie beside the project. */
export default mergeConfig(
  { ...base, test: common },
  defineConfig({
    test: { include: isThere ? ['tests/material/**/*.test.ts'] : [], passWithNoTests: !isThere },
  }),
)
