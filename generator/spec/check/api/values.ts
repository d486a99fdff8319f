// Checks the values of headers, parameters and the environment: each is one value, and headers have names that can be sent.
import type { Path } from '../../document.js'
import type { Examination } from '../report.js'

const called = { header: 'a header', query: 'a parameter', env: 'a variable' } as const

/** Checks the values that stand in the spec themselves; those of expressions are checked with their types. */
export function checkScalars(
  spec: Examination,
  path: Path,
  values: Readonly<Record<string, unknown>> | undefined,
  kind: keyof typeof called,
): void {
  for (const [name, value] of Object.entries(values ?? {})) {
    if (kind === 'header' && !/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name))
      spec.report('KG040', [...path, name], `${JSON.stringify(name)} cannot be the name of a header`, { at: 'key' })
    const items = kind === 'query' && Array.isArray(value) ? value : [value]
    if (items.some((item) => typeof item === 'object'))
      spec.report(
        'KG022',
        [...path, name],
        `${called[kind]} is text, a number or a truth${kind === 'query' ? ', or a list of those' : ''}`,
      )
  }
}
