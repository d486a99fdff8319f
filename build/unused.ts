// Stands in the bundle for what json-schema-to-typescript imports and is never asked to do: see tsdown.config.ts.

function unused(): never {
  throw new Error('this part of json-schema-to-typescript is not in the bundle')
}

export const format = unused
export const globSync = unused
