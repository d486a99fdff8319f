// Stands in the bundle for what json-schema-to-typescript imports and is never asked to do: format, look for files, read YAML; and for
// what is of clients in @grpc/grpc-js. See tsdown.config.ts and build/lean-grpc.ts.

function unused(): never {
  throw new Error('this part of a library is not in the bundle')
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
