// In: json-schema-to-typescript's walk through a schema. Out: the same, without looking for schemas where there can be none.
const call = 'callback(schema, key !== null && key !== void 0 ? key : null);'

/** A member whose type stands in it as TypeScript, as nearly all of ours do, holds texts alone; the library walks by some twenty times. */
const leave =
  "if (typeof schema.tsType === 'string' && Object.keys(schema).every(own => own === 'tsType' || own === 'description')) return;"

/** A plugin of the bundler. */
export function leanTraverse() {
  const handler = (code: string) => {
    if (!code.includes(call))
      throw new Error('json-schema-to-typescript walks in another way: see build/lean-traverse.ts')
    return code.replace(call, `${call}\n    ${leave}`)
  }
  const id = /[\\/]json-schema-to-typescript[\\/]dist[\\/]src[\\/]utils\.js$/
  return { name: 'lean-traverse', transform: { filter: { id }, handler } }
}
