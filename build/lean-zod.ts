// In: zod's object schemas. Out: the same, for the bundles, which pass over a key that may be absent and is: a field of a spec can have
// twenty keys and has three, and each of the others cost as much as those.
const start = `            const optin = el._zod.optin;
            const optout = el._zod.optout;
            const r = el._zod.run({ value: input[key], issues: [] }, ctx);`

/** What an absent key comes to in the end, whatever its schema makes of undefined: see `handlePropertyResult` in the same module. */
const passOver = `            if (optin === "optional" && optout === "optional" && !(key in input)) continue;\n`

/** zod's `v4/core/schemas.js`, leaner. */
export function leanObjects(code: string): string {
  if (code.split(start).length !== 2) throw new Error('zod walks through objects in another way: see build/lean-zod.ts')
  return code.replace(start, () => start.replace('            const r =', `${passOver}            const r =`))
}

/** A plugin of the bundler. */
export function leanZod() {
  return {
    name: 'lean-zod',
    transform: { filter: { id: /[\\/]zod[\\/]v4[\\/]core[\\/]schemas\.js$/ }, handler: leanObjects },
  }
}
