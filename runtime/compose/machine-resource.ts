// In: a machine's resource in a user's template. Out: the resource that Terraform gets, and the resources that come with it.
import { KloudError } from '../errors.js'
import type { JsonObject, JsonValue } from '../json.js'
import { Block, type BlockOptions } from './block/block.js'
import { ownValue } from './block/edit.js'
import type { TemplateValue } from './block/template-value.js'
import type { Instances } from './instances.js'

/** A resource that comes with a machine. */
export interface Companion {
  readonly type: string
  /** Its name in Terraform: the machine's and its own. */
  readonly label: string
  readonly body: JsonObject
}

export interface MachineResourceOptions extends BlockOptions {
  readonly type: string
  /** The resource's name in Terraform. */
  readonly resourceName: string
  /** Works out how many machines the resource is, from its arguments as they are then. */
  readonly resolveInstances: (body: JsonObject) => Instances
  /** A name that no other machine of any stack has. */
  readonly uniqueName: (instances: Instances) => string
}

/** A machine, or several by `count` or `for_each`: `fillMachine` of a generated Stack fills its gaps. */
export class MachineResource extends Block {
  /** The whole type of the resource: `digitalocean_droplet`. */
  readonly type: string
  readonly #options: MachineResourceOptions
  readonly #companions: { type: string; name: string; attributes: TemplateValue }[] = []
  #resolved: { from: string; instances: Instances } | undefined

  constructor(options: MachineResourceOptions) {
    super(options)
    this.type = options.type
    this.#options = options
  }

  /** A name that no other machine has, also under count: `web-3f9a1c-${count.index}`. */
  get name(): string {
    return this.#options.uniqueName(this.instances)
  }

  /** What people call the machine: `web`, `web.${count.index}` or `web["${each.key}"]`. */
  get label(): string {
    return this.instances.labelText
  }

  /** The machine's place among those of its resource, from 0: `${count.index}`, or a number. */
  get index(): string | number {
    return this.instances.indexText
  }

  /** What tells the machine apart among those of its resource: `${each.key}`, or its index as text. */
  get key(): string {
    return this.instances.keyText
  }

  /** The machines that the resource is, by its `count` or `for_each` as they are now: a policy may set them. */
  get instances(): Instances {
    const [count, forEach] = [ownValue(this.body, 'count'), ownValue(this.body, 'for_each')]
    const from = count === undefined && forEach === undefined ? '' : JSON.stringify([count, forEach])
    if (this.#resolved?.from !== from) {
      this.#resolved = { from, instances: this.#options.resolveInstances(this.body) }
    }
    return this.#resolved.instances
  }

  /**
   * Adds a resource that each machine needs beside it. It follows the machine's `count`, `for_each` and `provider`, and is named
   * after it; `${type.name.…}` in what is filled in afterwards means this machine's.
   */
  companion(type: string, name: string, attributes: TemplateValue): void {
    this.#companions.push({ type, name, attributes })
  }

  /** The resources that come with the machine, whole. */
  companions(): Companion[] {
    return this.#companions.map(({ type, name, attributes }) => {
      const own = this.toTemplate(attributes)
      if (typeof own !== 'object' || own === null || Array.isArray(own)) {
        throw new KloudError(
          'internal',
          `${type}.${name}: a resource that comes with a machine is a map of its arguments`,
        )
      }
      return { type, label: this.#companionLabel(name), body: { ...this.#meta(), ...own } }
    })
  }

  protected override toTemplate(value: TemplateValue): JsonValue | undefined {
    const made = super.toTemplate(value)
    return made === undefined || this.#companions.length === 0 ? made : this.#pointToCompanions(made)
  }

  /** The arguments that decide how many there are and which account they are in. */
  #meta(): JsonObject {
    const meta: JsonObject = {}
    for (const name of ['count', 'for_each', 'provider']) {
      const value = ownValue(this.body, name)
      if (value !== undefined) meta[name] = value
    }
    return meta
  }

  #companionLabel(name: string): string {
    return `${this.#options.resourceName}_${name}`
  }

  /** References to resources that come with the machine lead to this machine's own. */
  #pointToCompanions(value: JsonValue): JsonValue {
    if (Array.isArray(value)) return value.map((item) => this.#pointToCompanions(item))
    if (typeof value === 'object' && value !== null) {
      return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, this.#pointToCompanions(entry)]))
    }
    if (typeof value !== 'string' || !value.includes('${')) return value
    return this.#companions.reduce((text, { type, name }) => {
      const reference = new RegExp(`(?<![\\w.-])${type}\\.${name}(?![\\w-])`, 'g')
      return text.replace(reference, `${type}.${this.#companionLabel(name)}${this.instances.indexStep}`)
    }, value)
  }
}
