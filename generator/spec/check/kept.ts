// Checks what metadata keeps by `value` rather than from an attribute: that it is of the type of its field.
import type { JsonValue } from '../../../runtime/json.js'
import type { FieldType } from '../../../runtime/schema/fields.js'
import { findReferences } from '../../../runtime/template/references.js'
import { jsonValue, typeOf } from '../../model/field.js'
import { checkExpression, isProblem } from '../expression/check.js'
import { scanText } from '../expression/scan.js'
import { scopeOf } from '../expression/scope.js'
import { describeType, type Kind } from '../expression/type.js'
import { fieldOf } from './expressions.js'
import { withoutOurs } from './references.js'
import type { Examination } from './report.js'
import { eachText } from './texts.js'

/** What a field of each type can keep. */
const kindsOf: Readonly<Record<FieldType, readonly Kind[]>> = {
  string: ['string'],
  enum: ['string'],
  duration: ['string'],
  file: ['string'],
  integer: ['integer'],
  number: ['integer', 'number'],
  boolean: ['boolean'],
  list: ['list'],
  map: ['map', 'object'],
  object: ['map', 'object'],
}

export function checkKept(spec: Examination): void {
  for (const [name, field] of Object.entries(spec.input.machine.metadata ?? {})) {
    if (field.value === undefined || spec.isUnknown(['machine', 'metadata', name])) continue
    checkTerraform(spec, name, field.value)
    const kind = kindOf(spec, jsonValue(field.value))
    const type = typeOf(field)
    if (kind === undefined || kind === 'any' || kindsOf[type].includes(kind)) continue
    const given = describeType({ kind, optional: false, secret: false })
    const near = {
      integer: 'integer',
      number: 'number',
      boolean: 'boolean',
      list: 'list',
      map: 'map',
      object: 'object',
    }
    spec.report(
      'KG076',
      ['machine', 'metadata', name, 'value'],
      `${name} is of type ${type}, and this gives ${given}`,
      {
        suggestion: kind === 'string' ? undefined : `type: ${near[kind]}`,
      },
    )
  }
}

/** What is kept is kept as it is: Terraform never sees it. What it knows of a machine comes `from` an attribute. */
function checkTerraform(spec: Examination, field: string, value: unknown): void {
  eachText(value, ['machine', 'metadata', field, 'value'], /[$%]\{/, (text, path, isKey) => {
    if (isKey || findReferences(withoutOurs(text)).length === 0) return
    const attribute = /^\$\{(\w+)\.\w+\.([\w.[\]]+)\}$/.exec(text)
    const ofMachine = attribute?.[1] === spec.input.machine.resource ? attribute[2] : undefined
    spec.report('KG083', path, 'Terraform does not see what is kept: an attribute of the machine is taken by from', {
      suggestion: ofMachine === undefined ? undefined : `from: ${ofMachine}`,
    })
  })
}

/** The kind of a value; undefined where an expression in it is wrong, or what it leads to, which is reported elsewhere. */
function kindOf(spec: Examination, value: JsonValue): Kind | undefined {
  if (typeof value === 'boolean') return 'boolean'
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number'
  if (Array.isArray(value)) return 'list'
  if (typeof value !== 'string') return 'map'
  const [first, second] = scanText(value)
  if (second !== undefined || first?.kind !== 'expression') return 'string'
  const field = fieldOf(first.source)
  if (field && spec.isUnknown(field)) return undefined
  const checked = checkExpression(first.source, scopeOf(spec.input, 'metadata'))
  return isProblem(checked) ? undefined : checked.type.kind
}
