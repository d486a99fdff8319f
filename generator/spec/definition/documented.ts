// The registry of what editors show for each key of a spec: a description and examples.
import { type core, registry } from 'zod/mini'

/** Descriptions and examples by definition; the JSON Schema for editors is built from them. */
export const documentation = registry<{ description?: string; examples?: unknown[]; id?: string }>()

/** Gives a definition a name, under which the JSON Schema has it once. Returns the definition itself. */
export function named<T extends core.$ZodType>(id: string, definition: T): T {
  documentation.add(definition, { id })
  return definition
}

/** Attaches to a definition what an editor shows for it. Returns the definition itself. */
export function documented<T extends core.$ZodType>(definition: T, description: string, ...examples: unknown[]): T {
  documentation.add(definition, examples.length > 0 ? { description, examples } : { description })
  return definition
}
