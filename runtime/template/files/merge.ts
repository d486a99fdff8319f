// In: the blocks of all files of a template. Out: one template, as Terraform makes one module of them, that still knows their places.
import { isObject, type JsonObject, type JsonValue } from '../../json.js'
import { type JsonPath, nameOf, type Place } from '../path.js'
import { blockTypes, commentKey } from './block-types.js'
import type { Block } from './blocks.js'
import { childOf } from './json.js'
import { placeOf, type Source, sourceError } from './source.js'

/** Where a part of the template comes from. */
interface Origin {
  readonly source: Source
  readonly path: JsonPath
}

/** A template while it is put together. */
export class Merge {
  readonly blocks: JsonObject = {}
  readonly #origins = new Map<string, Origin>()

  /** @throws KloudError (input) when the same name is declared twice, with both places. */
  add(block: Block): void {
    const gathering = blockTypes.get(block.type)?.gathering
    if (gathering === 'named') this.#addNamed(block)
    else if (gathering === 'providers') this.#addProvider(block)
    else if (gathering === 'listed') this.#addListed(block)
    else if (gathering === 'locals') this.#addLocals(block)
    else this.#addSettings(block)
  }

  /**
   * Lays a block of an override file over the one of the same name: its arguments and nested blocks take the place of those there,
   * and of `lifecycle` each argument by itself.
   *
   * @throws KloudError (input) when there is nothing that it could override.
   */
  override(block: Block): void {
    const path = [block.type, ...block.labels]
    const target = block.type === 'provider' ? this.#providerPath(path, block.body) : path
    const existing = target.reduce<JsonValue | undefined>(childOf, this.blocks)
    if (!isObject(existing)) {
      throw sourceError(block.source, block.source.offsetOf(block.path), `There is no ${nameOf(path)} to override`)
    }
    for (const [key, value] of Object.entries(block.body)) {
      existing[key] = overlay(key, existing[key], value)
      this.#origins.set(keyOf([...target, key]), below(block, [key]))
    }
  }

  #providerPath(path: readonly string[], body: JsonObject): JsonPath {
    const list = path.reduce<JsonValue | undefined>(childOf, this.blocks)
    const index = Array.isArray(list) ? list.findIndex((one) => isObject(one) && one.alias === body.alias) : -1
    return index === -1 ? path : [...path, index]
  }

  /** The place of the value at a path of the template. */
  place(path: JsonPath): Place | undefined {
    const origin = this.#originOf(path)
    return origin && placeOf(origin.source, origin.source.offsetOf(origin.path))
  }

  /** Says of variables without a type whose default is a number, written as the text of its digits, that they are numbers. */
  typeNumbers(): void {
    const { variable: variables = {} } = this.blocks
    for (const [name, variable] of Object.entries(isObject(variables) ? variables : {})) {
      if (!isObject(variable) || Object.hasOwn(variable, 'type')) continue
      const { source, path = [] } = this.#originOf(['variable', name, 'default']) ?? {}
      if (source?.digits.some((number) => keyOf(number) === keyOf(path))) variable.type = 'number'
    }
  }

  #originOf(path: JsonPath): Origin | undefined {
    for (let length = path.length; length > 0; length--) {
      const origin = this.#origins.get(keyOf(path.slice(0, length)))
      if (origin !== undefined) return below(origin, path.slice(length))
    }
    return undefined
  }

  #addNamed(block: Block): void {
    this.#set([block.type, ...block.labels], block.body, block)
  }

  /** One provider is an object; several of the same name are a list of them. */
  #addProvider(block: Block): void {
    const [name = ''] = block.labels
    const path = [block.type, name]
    const others = ownList(this.#holder(path.slice(0, 1)), name)
    const same = others.findIndex((other) => isObject(other) && other.alias === block.body.alias)
    if (same !== -1) this.#refuse(others.length === 1 ? path : [...path, same], block)
    if (others.length === 0) this.#set(path, block.body, block)
    else {
      const first = this.#origins.get(keyOf(path))
      if (others.length === 1 && first !== undefined) this.#origins.set(keyOf([...path, 0]), first)
      this.#origins.set(keyOf([...path, others.length]), block)
      this.#holder(path.slice(0, 1))[name] = [...others, block.body]
    }
  }

  #addListed(block: Block): void {
    const list = ownList(this.blocks, block.type)
    this.#origins.set(keyOf([block.type, list.length]), block)
    list.push(block.body)
    this.blocks[block.type] = list
  }

  #addLocals(block: Block): void {
    for (const [name, value] of Object.entries(block.body)) this.#set(['locals', name], value, below(block, [name]))
  }

  /** What `terraform` blocks say is put together; two demands of a version must both hold. */
  #addSettings(block: Block): void {
    const settings = this.#holder(['terraform'])
    for (const [key, value] of Object.entries(block.body)) {
      const [only, ...more] = Array.isArray(value) ? value : [value]
      const origin = below(block, Array.isArray(value) && more.length === 0 ? [key, 0] : [key])
      if (key === 'required_version' && typeof value === 'string' && typeof settings[key] === 'string') {
        settings[key] = `${settings[key]}, ${value}`
      } else if (key === 'required_providers' && more.length === 0 && isObject(only)) {
        for (const [name, inner] of Object.entries(only))
          this.#set(['terraform', key, name], inner, below(origin, [name]))
      } else this.#set(['terraform', key], value, below(block, [key]))
    }
  }

  #set(path: readonly string[], value: JsonValue, origin: Origin): void {
    const name = path.at(-1) ?? ''
    const holder = this.#holder(path.slice(0, -1))
    if (Object.hasOwn(holder, name) && name !== commentKey) this.#refuse(path, origin)
    holder[name] = value
    this.#origins.set(keyOf(path), origin)
  }

  /** The object at a path of names, made where it is not there yet. */
  #holder(path: readonly string[]): JsonObject {
    let holder = this.blocks
    for (const name of path) {
      const next = Object.hasOwn(holder, name) ? holder[name] : undefined
      const inner: JsonObject = isObject(next) ? next : {}
      holder[name] = inner
      holder = inner
    }
    return holder
  }

  #refuse(path: JsonPath, { source, path: inFile }: Origin): never {
    const first = this.place(path)
    const where = first === undefined ? '' : `; first in ${first.file}:${first.line}:${first.column}`
    throw sourceError(source, source.offsetOf(inFile), `${nameOf(path)} is declared twice${where}`)
  }
}

function overlay(key: string, old: JsonValue | undefined, value: JsonValue): JsonValue {
  if (key !== 'lifecycle' && key !== 'required_providers') return value
  return Object.assign({}, ...[old ?? {}, value].flat())
}

function below({ source, path }: Origin, steps: JsonPath): Origin {
  return { source, path: [...path, ...steps] }
}

function ownList(holder: JsonObject, name: string): JsonValue[] {
  const value = Object.hasOwn(holder, name) ? holder[name] : undefined
  return Array.isArray(value) ? value : value === undefined ? [] : [value]
}

function keyOf(path: JsonPath): string {
  return path.join('\0')
}
