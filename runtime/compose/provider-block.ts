// In: the provider block of a user's template, or none. Out: the block that Terraform gets, with the credential where the user left gaps.
import { plainText } from '../expression/terraform-text.js'
import type { JsonValue } from '../json.js'
import { Block, type BlockOptions } from './block/block.js'
import type { TemplateValue } from './block/template-value.js'

export interface ProviderBlockOptions extends BlockOptions {
  /** Arguments that must agree with the credential. */
  readonly fixed: readonly string[]
  /** Works out a value that is constant once variables are known. */
  readonly constant: (value: JsonValue) => JsonValue | undefined
}

/** The block that configures a provider: `fillProvider` of a generated Stack fills its gaps. */
export class ProviderBlock extends Block {
  readonly #fixed: readonly string[]
  readonly #constant: (value: JsonValue) => JsonValue | undefined

  constructor(options: ProviderBlockOptions) {
    super(options)
    this.#fixed = options.fixed
    this.#constant = options.constant
  }

  /** Fills an argument that the user left out; one of `terraform.fixed` that says something else than the credential is an error. */
  override default(path: string, value: TemplateValue): void {
    const ours = this.toTemplate(value)
    if (this.#fixed.includes(path) && ours !== undefined) this.#agree(path, ours)
    super.default(path, value)
  }

  #agree(path: string, ours: JsonValue): void {
    const theirs = this.get(path)
    const known = theirs === undefined ? undefined : this.#constant(theirs)
    const wanted = typeof ours === 'string' ? (plainText(ours) ?? this.#constant(ours)) : ours
    if (known === undefined || wanted === undefined || String(known) === String(wanted)) return
    this.complain(`has ${path} ${JSON.stringify(known)}, and the credential is for ${JSON.stringify(wanted)}`)
  }
}
