// For what fast-check samples by itself: the seed of CI, where there is one, and else a new one, to be told where a test fails.
import fc from 'fast-check'

export function seedOfRun(): number {
  return fc.readConfigureGlobal().seed ?? Math.floor(Math.random() * 1e9)
}
