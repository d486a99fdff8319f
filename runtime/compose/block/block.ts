// In: a block of a user's template. Out: the same, with its gaps filled, and the user's own values as they were.
import type { Reference } from '../../expression/derived-secret.js'
import { valueExpression } from '../../expression/terraform-text.js'
import { isObject, type JsonObject, type JsonValue } from '../../json.js'
import type { JsonPath } from '../../template/path.js'
import { type AppendOptions, appendItems, appendLines, type Known } from './append.js'
import { type Edit, editBlock, ownValue, readBlock } from './edit.js'
import { parsePath } from './path.js'
import { isUnset } from './set-or-not.js'
import { type TemplateValue, toTemplate } from './template-value.js'

/** Something wrong with a user's block. */
export interface BlockProblem {
  /** Where the block is in the template. */
  readonly path: JsonPath
  readonly message: string
}

export interface BlockOptions {
  /** Where the block is in the template. */
  readonly path: JsonPath
  /** How errors call the block: `digitalocean_droplet.web`. */
  readonly where: string
  /** The arguments; they are changed in place. */
  readonly body: JsonObject
  /** Works out a value that is constant once variables are known; none is when not said. */
  readonly constant?: Known
  /** Gives the variable that stands for a secret. */
  readonly reference: Reference
  /** Gets what is wrong with the user's block, so that all of it can be told at once. */
  readonly problems: BlockProblem[]
}

/**
 * A block that generated code fills. Attributes are named by their path: `image`, `metadata.user-data`,
 * `network_interface[0].network`, `container.docker[*].parameters`. Values are those of `TemplateValue`.
 */
export class Block {
  /** How errors call the block. */
  readonly where: string
  protected readonly body: JsonObject
  readonly #path: JsonPath
  readonly #problems: BlockProblem[]
  readonly #reference: Reference
  readonly #known: Known

  constructor({ path, where, body, reference, problems, constant = () => undefined }: BlockOptions) {
    this.where = where
    this.body = body
    this.#path = path
    this.#problems = problems
    this.#reference = reference
    this.#known = constant
  }

  /** Fills an attribute that the user left out or set to the empty text. */
  default(path: string, value: TemplateValue): void {
    if (this.#isDynamic(path)) return
    this.#edit(path, value, (made) => ({
      value: (old) => (isUnset(old) ? made : undefined),
      inMap: (map, key) => `merge({ ${key} = ${valueExpression(made)} }, ${map})`,
    }))
  }

  /** Sets an attribute, whatever the user wrote. */
  set(path: string, value: TemplateValue): void {
    this.#edit(path, value, (made) => ({
      value: () => made,
      inMap: (map, key) => `merge(${map}, { ${key} = ${valueExpression(made)} })`,
    }))
  }

  /** Sets an attribute to a value that is a template's already; for the runtime itself. */
  write(path: string, value: JsonValue): void {
    const inMap = (map: string, key: string) => `merge(${map}, { ${key} = ${valueExpression(value)} })`
    editBlock(this.body, parsePath(path), { value: () => value, inMap }, this.where)
  }

  /** Adds items to a list, or lines to a text, behind the user's own: a list given means items, a text lines. Nothing is there twice. */
  append(path: string, value: TemplateValue, options?: AppendOptions): void {
    this.#edit(path, value, (made) =>
      Array.isArray(made) ? appendItems(made, this.#known, options) : appendLines(String(made), this.#known),
    )
  }

  /** Says that the user must write these attributes. */
  require(...paths: string[]): void {
    for (const path of paths) {
      if (!this.has(path)) this.complain(`must have ${path}`)
    }
  }

  /** Says that the user must not write an attribute, and what to do instead. */
  forbid(path: string, instead: string): void {
    if (this.#isDynamic(path) || readBlock(this.body, parsePath(path)).values.length > 0) {
      this.complain(`must not have ${path}: ${instead}`)
    }
  }

  /** Whether an attribute is set; one inside an expression may be, and counts as set. */
  has(path: string): boolean {
    const { values, unknown } = readBlock(this.body, parsePath(path))
    return values.length > 0 || unknown || this.#isDynamic(path)
  }

  /** Whether any of these attributes is set. */
  hasAny(...paths: string[]): boolean {
    return paths.some((path) => this.has(path))
  }

  /** An attribute's value; nothing where it is not set, or inside an expression. */
  get(path: string): JsonValue | undefined {
    return readBlock(this.body, parsePath(path)).values[0]
  }

  /** An attribute's value as text: numbers as digits; nothing where it is not set, or a list or a map. */
  text(path: string): string | undefined {
    const value = this.get(path)
    return value === undefined || typeof value === 'object' ? undefined : String(value)
  }

  /** What a value becomes in the template. */
  protected toTemplate(value: TemplateValue): JsonValue | undefined {
    return toTemplate(value, this.#reference)
  }

  /** Says that something is wrong with the user's block, as the rest of a sentence. All problems of a template are told at once. */
  protected complain(message: string): void {
    this.#problems.push({ path: this.#path, message: `${this.where} ${message}` })
  }

  #edit(path: string, value: TemplateValue, edit: (made: JsonValue) => Edit): void {
    const made = this.toTemplate(value)
    if (made !== undefined) editBlock(this.body, parsePath(path), edit(made), this.where)
  }

  /** Whether the user makes the nested block with `dynamic`, which stands elsewhere in the block. */
  #isDynamic(path: string): boolean {
    const [{ name }] = parsePath(path)
    const dynamic = ownValue(this.body, 'dynamic')
    const blocks = Array.isArray(dynamic) ? dynamic : [dynamic]
    return blocks.some((block) => isObject(block) && Object.hasOwn(block, name))
  }
}
