// Stands in the bundle for what json-schema-to-typescript imports and is never asked to do: format, look for files, read YAML.
// See tsdown.config.ts.

function unused(): never {
  throw new Error('this part of json-schema-to-typescript is not in the bundle')
}

export const format = unused
export const globSync = unused
export const load = unused
export const CORE_SCHEMA = { withTags: () => undefined }
export const JSON_SCHEMA = undefined
export const binaryTag = undefined
export const mergeTag = undefined
export const omapTag = undefined
export const pairsTag = undefined
export const setTag = undefined
export const timestampTag = undefined
export default { load }
