// In: secrets that generated code puts in a template. Out: the Terraform expressions that stand for them.
import type { Reference } from '../expression/derived-secret.js'
import { JsonFile } from '../schema/json-file.js'
import { revealedValue } from '../schema/reveal.js'
import { Secret } from '../secret.js'
import { quoteText } from '../template/references.js'
import type { ComposeProvider } from './compose-input.js'
import { providerValues, type Variable, variableName } from './variables.js'

/** The variables that stand for the secrets of one provider, by the secret itself. */
export class SecretReferences {
  readonly #provider: string
  readonly #offered: Map<string, Variable>
  readonly #expressions = new Map<Secret<unknown>, string>()

  /**
   * @param given the provider with the very values that its Stack gets
   * @param offered gets a variable for each secret that has none
   */
  constructor(given: ComposeProvider, offered: Map<string, Variable>) {
    this.#provider = given.provider.name
    this.#offered = offered
    for (const [field, , value] of providerValues(given)) this.#name(value, `var.${variableName(given, field)}`)
  }

  /** The expression for a secret; one that a hook made gets a variable of its own. */
  readonly reference: Reference = (secret) => {
    const known = this.#expressions.get(secret)
    if (known !== undefined) return known
    const name = `${this.#provider}_secret_${this.#expressions.size + 1}`
    this.#offered.set(name, { name, value: revealedValue(secret), secret: true, provider: this.#provider })
    this.#expressions.set(secret, `var.${name}`)
    return `var.${name}`
  }

  /** Remembers how Terraform can get at each secret in a value. */
  #name(value: unknown, expression: string): void {
    if (value instanceof JsonFile) this.#nameParts(value.json, `jsondecode(${expression})`)
    if (value instanceof Secret) this.#expressions.set(value, expression)
    else this.#nameParts(value, expression)
  }

  #nameParts(value: unknown, expression: string): void {
    if (typeof value !== 'object' || value === null) return
    for (const [key, part] of Object.entries(value)) {
      this.#name(part, `${expression}[${Array.isArray(value) ? key : quoteText(key)}]`)
    }
  }
}
