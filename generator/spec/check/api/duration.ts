// Checks the durations of an api.
import { parseDuration } from '../../../../runtime/schema/duration.js'
import type { Path } from '../../document.js'
import type { Examination } from '../report.js'

/** Checks a duration: `90s`, `2m`, `1h30m`, and longer than nothing. A bare number has no unit, and is none. */
export function checkDuration(spec: Examination, path: Path, value: string | number | undefined): void {
  if (value === undefined) return
  const milliseconds = typeof value === 'string' ? parseDuration(value) : undefined
  if (milliseconds !== undefined && milliseconds > 0) return
  const why = milliseconds === 0 ? 'is no time at all' : 'is not a duration: write it as 90s, 2m or 1h30m'
  const suggestion = /^[1-9]\d*$/.test(String(value)) ? `${value}s` : undefined
  spec.report('KG056', path, `${JSON.stringify(value)} ${why}`, { suggestion })
}
