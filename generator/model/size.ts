// In: a size as people write it, such as `64KiB`. Out: bytes.

const units: Readonly<Record<string, number>> = {
  '': 1,
  B: 1,
  KiB: 1024,
  MiB: 1024 ** 2,
  kB: 1000,
  KB: 1000,
  MB: 1000 ** 2,
}

/** The bytes of a size; undefined where it is none. */
export function parseSize(size: string | number): number | undefined {
  if (typeof size === 'number') return Number.isSafeInteger(size) && size > 0 ? size : undefined
  const match = /^(\d{1,12}) ?([A-Za-z]*)$/.exec(size)
  const unit = match?.[2] === undefined ? undefined : units[match[2]]
  if (!match || unit === undefined) return undefined
  const bytes = Number(match[1]) * unit
  return Number.isSafeInteger(bytes) && bytes > 0 ? bytes : undefined
}
