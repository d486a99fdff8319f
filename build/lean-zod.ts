// In: zod's object schemas. Out: the same, for the bundles, which pass over a key that may be absent and is: a field of a spec can have
// twenty keys and has three, and each of the others cost as much as those.

/** Pieces of zod's `v4/core/schemas.js`, and what each becomes. What an absent key comes to is said by `handlePropertyResult` there. */
const changes: readonly (readonly [piece: string, leaner: string])[] = [
  [
    '        const shape = value.shape;\n        const abortEarly = ctx?.abortEarly;\n',
    `        const shape = value.shape;
        const abortEarly = ctx?.abortEarly;
        const isOptional = (key) => shape[key]._zod.optin === "optional" && shape[key]._zod.optout === "optional";
        const mayBeAbsent = value.mayBeAbsent ??= new Set(value.allKeys.filter(isOptional));
`,
  ],
  [
    '            const el = shape[key];\n            const optin = el._zod.optin;\n',
    `            if (!(key in input) && mayBeAbsent.has(key))
                continue;
            const el = shape[key];
            const optin = el._zod.optin;
`,
  ],
]

/** zod's object schemas, leaner. */
export function leanObjects(code: string): string {
  return changes.reduce((lean, [piece, leaner]) => {
    if (lean.split(piece).length !== 2)
      throw new Error('zod walks through objects in another way: see build/lean-zod.ts')
    return lean.replace(piece, () => leaner)
  }, code)
}

/** A plugin of the bundler. */
export function leanZod() {
  return {
    name: 'lean-zod',
    transform: { filter: { id: /[\\/]zod[\\/]v4[\\/]core[\\/]schemas\.js$/ }, handler: leanObjects },
  }
}
