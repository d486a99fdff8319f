// In: a regular expression from a spec. Out: it, compiled once.

const compiled = new Map<string, RegExp>()

/** Texts longer than this are not held against a pattern: they do not match. In UTF-16 code units. */
const longest = 100_000

/** Whether a text matches a pattern of a spec, which may match anywhere unless it says `^` and `$`. */
export function matches(pattern: string, text: string): boolean {
  return text.length <= longest && compile(pattern).test(text)
}

function compile(pattern: string): RegExp {
  const known = compiled.get(pattern)
  if (known) return known
  const expression = unicodeOrPlain(pattern)
  compiled.set(pattern, expression)
  return expression
}

/** Unicode mode refuses harmless escapes such as `\-`; a pattern that uses one is compiled without it. */
function unicodeOrPlain(pattern: string): RegExp {
  try {
    return new RegExp(pattern, 'u')
  } catch {
    return new RegExp(pattern)
  }
}
