// In: a duration as people write it, such as `1h30m`. Out: its length in milliseconds.

const millisecondsOf: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }
const whole = /^(?:\d+(?:\.\d+)?(?:ms|s|m|h|d))+$/
const part = /(\d+(?:\.\d+)?)(ms|s|m|h|d)/g

/**
 * The length of a duration in milliseconds, or nothing when the text is not one. Units: `d`, `h`, `m`, `s`, `ms`.
 *
 * @example
 * parseDuration('1h30m') // 5_400_000
 * parseDuration('250ms') // 250
 * parseDuration('soon')  // undefined
 */
export function parseDuration(text: string): number | undefined {
  if (text.length > 100 || !whole.test(text)) return undefined
  let milliseconds = 0
  for (const [, amount, unit] of text.matchAll(part)) milliseconds += Number(amount) * (millisecondsOf[unit ?? ''] ?? 0)
  return Math.round(milliseconds)
}
