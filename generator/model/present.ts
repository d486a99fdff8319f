// In: an object, some of whose members may be undefined. Out: one of those that are there, in their order.

/** An object without the members that are undefined. */
type Present<T extends object> = {
  [K in keyof T as undefined extends T[K] ? never : K]: T[K]
} & { [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined> }

/** Takes out the members that are undefined, which would still be keys. */
export function present<T extends object>(members: T): Present<T>
export function present(members: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const there: Record<string, unknown> = {}
  for (const key in members) if (members[key] !== undefined) there[key] = members[key]
  return there
}
