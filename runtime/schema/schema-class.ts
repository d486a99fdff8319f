// In: a table of fields. Out: the class whose instances hold checked values of those fields, with secrets that do not show themselves.
import type { JsonObject } from '../json.js'
import { attributeAt } from './attributes.js'
import { describeFields, type Value } from './describe.js'
import type { Fields, Part } from './fields.js'
import { FieldsParser, type ParseOptions } from './parse-fields.js'
import type { Problem } from './problems.js'
import { redacted, revealed } from './reveal.js'
import { isAbsent } from './shown.js'

/** What every credential, bootstrap and metadata has beside its fields. */
export interface SchemaInstance {
  /** Throws what is wrong with the values, all of it at once. */
  valid(): void
  /** The values with secrets redacted. */
  toJSON(): JsonObject
  /** The values in clear, for the encrypted store. */
  reveal(): JsonObject
}

/** A class of values with fields, whatever those are. */
export interface AnySchema {
  readonly part: Part
  readonly fields: Fields
  parse(value: unknown, options?: ParseOptions): SchemaInstance
  fromAttributes(
    attributes: unknown,
    known?: Readonly<Record<string, unknown>>,
    leftOut?: (problems: readonly Problem[]) => void,
  ): SchemaInstance
  problems(value: unknown): readonly Problem[]
  describe(): Value[]
}

/** The class that `schemaClass` makes for fields of type `T`. */
export interface SchemaClass<T extends object> {
  new (values: T): Readonly<T> & SchemaInstance
  readonly part: Part
  /** The table that everything else comes from. */
  readonly fields: Fields
  /**
   * Checks and converts a value, as read from a file, a form or the store.
   * @throws KloudError (input) that names every wrong field with its label, and no secret's value
   */
  parse<I>(this: new (values: T) => I, value: unknown, options?: ParseOptions): I
  /**
   * Reads the fields out of the attributes of an applied resource, each `from` its path.
   * @param known values that do not come from attributes, by field
   * @param leftOut is told of fields that are wrong and need not be there: they are left out; without it they are an error
   * @throws KloudError (input) that names every wrong or missing field
   */
  fromAttributes<I>(
    this: new (
      values: T,
    ) => I,
    attributes: unknown,
    known?: Readonly<Record<string, unknown>>,
    leftOut?: (problems: readonly Problem[]) => void,
  ): I
  /** What is wrong with a value; empty when nothing is. */
  problems(value: unknown): readonly Problem[]
  /** What a form must ask, in the order of the spec. */
  describe(): Value[]
}

/**
 * Makes the base class of a generated Credential, Bootstrap or Metadata.
 *
 * @example
 * class Credential extends schemaClass<CredentialFields>('credential', credentialFields) {}
 * const credential = Credential.parse(JSON.parse(text))
 * credential.access_token.reveal()
 */
export function schemaClass<T extends object>(part: Part, fields: Fields): SchemaClass<T>
export function schemaClass(part: Part, fields: Fields): object {
  const parser = new FieldsParser(part, fields)

  return class implements SchemaInstance {
    static readonly part = part
    static readonly fields = fields

    constructor(values: object) {
      Object.assign(this, values)
    }

    static parse(value: unknown, options?: ParseOptions): unknown {
      // biome-ignore lint/complexity/noThisInStatic: the generated subclass is meant, not this class
      return Reflect.construct(this, [parser.parse(value, options)])
    }

    static fromAttributes(
      attributes: unknown,
      known: Readonly<Record<string, unknown>> = {},
      leftOut?: (problems: readonly Problem[]) => void,
    ): unknown {
      const values: Record<string, unknown> = {}
      for (const [name, field] of Object.entries(fields)) {
        const value = known[name] ?? attributeAt(attributes, field.from ?? name)
        if (!isAbsent(value)) values[name] = value
      }
      const problems = leftOut === undefined ? [] : parser.problems(values)
      const readable = withoutWrong(values, problems)
      if (problems.length > 0 && parser.problems(readable).length === 0) {
        leftOut?.(problems)
        // biome-ignore lint/complexity/noThisInStatic: the generated subclass is meant, not this class
        return Reflect.construct(this, [parser.parse(readable)])
      }
      // biome-ignore lint/complexity/noThisInStatic: the generated subclass is meant, not this class
      return Reflect.construct(this, [parser.parse(values)])
    }

    static problems(value: unknown): readonly Problem[] {
      return parser.problems(value)
    }

    static describe(): Value[] {
      return describeFields(fields)
    }

    valid(): void {
      parser.parse(revealed(this))
    }

    toJSON(): JsonObject {
      return redacted(this)
    }

    reveal(): JsonObject {
      return revealed(this)
    }
  }
}

/** The values whose fields, and all that is in them, have no problem. */
function withoutWrong(values: Readonly<Record<string, unknown>>, problems: readonly Problem[]): object {
  const wrong = new Set(problems.map(({ path }) => path.split(/[.[]/)[0]))
  return Object.fromEntries(Object.entries(values).filter(([name]) => !wrong.has(name)))
}
