// In: a table of fields and a value. Out: the value checked and converted, or an error that says everything that is wrong with it.
import { inputError } from '../errors.js'
import type { Fields, Part } from './fields.js'
import { describeProblems, type Problem, problemAt } from './problems.js'
import { partValidator } from './validator.js'

export interface ParseOptions {
  /** What to call the value in an error, such as `digitalocean credential`; the part's name when not said. */
  subject?: string
  /** The file that the value came from. */
  file?: string
  /** What to do about what is wrong. */
  hint?: string
}

/** The converted values, or what is wrong with them. */
interface Checked {
  readonly values?: unknown
  readonly problems: readonly Problem[]
}

/** Checks values against one table of fields, which is compiled when it is first needed. */
export class FieldsParser {
  readonly #part: Part
  readonly #fields: Fields
  #validator: ReturnType<typeof partValidator> | undefined

  constructor(part: Part, fields: Fields) {
    this.#part = part
    this.#fields = fields
  }

  /** What is wrong with a value; empty when nothing is. */
  problems(value: unknown): readonly Problem[] {
    return this.#check(value).problems
  }

  /** @throws KloudError (input) that names every wrong field with its label, and no secret's value */
  parse(value: unknown, { subject = this.#part, file, hint }: ParseOptions = {}): unknown {
    const { values, problems } = this.#check(value)
    if (problems.length === 0) return values
    const about = { ...(file === undefined ? {} : { file }), ...(hint === undefined ? {} : { hint }) }
    throw inputError(`${subject}: ${describeProblems(problems)}`, { ...about, data: { problems } })
  }

  #check(value: unknown): Checked {
    this.#validator ??= partValidator(this.#part, this.#fields)
    const result = this.#validator.safeParse(value)
    if (result.success) return { values: result.data, problems: [] }
    return { problems: result.error.issues.map(({ path, message }) => problemAt(this.#fields, path, message)) }
  }
}
