// Checks what Terraform's expressions in a part of a spec refer to: all that they name must be there when Terraform reads them.
import { type Reference, scanText as scanTerraform } from '../../../runtime/template/references.js'
import type { Path } from '../document.js'
import { instanceFault, type Repeated } from './instances.js'
import type { Examination } from './report.js'
import { eachText } from './texts.js'

export interface Referable {
  /** What can be referred to: `acme_vpc.kloud`, `data.acme_image.ubuntu`, `local.cidr`, `var.cidr`. */
  known: readonly string[]
  /** What is wrong with an address that is not among them. */
  missing: (address: string) => string
  /** Texts that are no values, addresses that are given from elsewhere, and whether what Terraform cannot read is told elsewhere. */
  /** Of what is known, the blocks that are there many times. */
  repeated?: Repeated
  /** What is wrong with a reference without an address, such as each.key. */
  fault?: (root: string, path: Path) => string | undefined
  skips?: { path?: (path: Path) => boolean; address?: (address: string) => boolean; broken?: boolean }
}

/** Checks every text of a value, which stands at a path. */
export function checkReferences(
  spec: Examination,
  value: unknown,
  start: Path,
  { known, missing, repeated, fault, skips = {} }: Referable,
): void {
  eachText(value, start, /[$%]\{/, (text, path, isKey) => {
    if (isKey || skips.path?.(path)) return
    const plain = plainReference.exec(text)?.[1] ?? ''
    if (known.includes(plain) && !repeated?.has(plain)) return
    const { references, broken } = scanTerraform(withoutOurs(text))
    if (broken && !skips.broken) {
      spec.report('KG083', path, `Terraform cannot read this: ${broken.message}`, {
        span: { start: broken.offset, end: text.length },
      })
    }
    for (const reference of references) {
      const address = addressOf(reference)
      const wrong = address === undefined ? fault?.(reference.root, path) : instanceFault(address, reference, repeated)
      if (wrong !== undefined)
        spec.report('KG081', path, wrong, { span: { start: reference.start, end: reference.end } })
      if (address === undefined || known.includes(address) || skips.address?.(address)) continue
      if (text.slice(reference.start, reference.end).includes('${{')) continue
      spec.report('KG081', path, missing(address), {
        span: { start: reference.start, end: reference.end },
        word: address,
        known,
      })
    }
  })
}

/** The addresses of blocks by type and name. */
export function addressesOf(
  blocks: Readonly<Record<string, Readonly<Record<string, unknown>>>> | undefined,
  prefix = '',
): string[] {
  return Object.entries(blocks ?? {}).flatMap(([type, named]) =>
    Object.keys(named).map((name) => `${prefix}${type}.${name}`),
  )
}

/** A reference and nothing else, as most outputs are, in which nothing can be wrong but what it leads to. */
const plainReference = /^\$\{((?:data\.)?[A-Za-z_]\w*\.[A-Za-z_]\w*)(?:\.[A-Za-z_]\w*)*\}$/

/** `aws_vpc.kloud` of `aws_vpc.kloud.id`; undefined for what is no resource, data source, local or variable. */
function addressOf({ root, name, steps }: Reference): string | undefined {
  if (name === undefined || ['each', 'count', 'self', 'path', 'terraform', 'module'].includes(root)) return undefined
  if (root !== 'data') return `${root}.${name}`
  const second = steps[1]
  return second?.kind === 'attribute' ? `data.${name}.${second.name}` : undefined
}

/** The text with our own expressions blanked out, each place as long as it was: Terraform never sees them. */
export function withoutOurs(text: string): string {
  return text.replaceAll(/\$\{\{.*?\}\}/gs, (expression) => '_'.repeat(expression.length))
}
