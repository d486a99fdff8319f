// The registry of what editors show for each key of a spec: a description and examples.
import { type core, registry } from 'zod/mini'

/** Descriptions and examples by definition; the JSON Schema for editors is built from them. */
export const documentation = registry<{ description?: string; examples?: unknown[]; id?: string }>()

/** Attaches to a definition what an editor shows for it. Returns the definition itself. */
export function documented<T extends core.$ZodType>(definition: T, description: string, ...examples: unknown[]): T {
  documentation.add(definition, examples.length > 0 ? { description, examples } : { description })
  return definition
}
