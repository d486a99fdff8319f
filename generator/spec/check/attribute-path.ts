// In: the path of an attribute, such as `network_interface[0].network`. Out: what is wrong with it, if anything.

const step = /^[A-Za-z_][A-Za-z0-9_-]*(\[(\d+|\*)\])*$/

/** Why a text cannot be the path of an attribute; `wildcards` allows `[*]`. */
export function attributePathFault(path: string, { wildcards = false } = {}): string | undefined {
  if (path === '') return 'the path of an attribute is empty'
  for (const part of path.split('.')) {
    if (part === '') return `${JSON.stringify(path)} is no path of an attribute: a name is missing between dots`
    if (!step.test(part)) {
      return `${JSON.stringify(path)} is no path of an attribute: write it as name, name.part or name[0].part`
    }
    if (!wildcards && part.includes('[*]')) return `${JSON.stringify(path)} leads to many values: choose one, as in [0]`
  }
  return undefined
}
