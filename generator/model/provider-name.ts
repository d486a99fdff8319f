// In: a provider's name. Out: why it cannot be one, if it cannot: it becomes a folder, a file and a prefix of variables.

const shape = /^[a-z][a-z0-9_-]{0,62}$/

/** Names that an operating system or this generator keeps for itself. */
const taken =
  /^(con|prn|aux|nul|com\d|lpt\d|index|node_modules|generated|specs|custom|koding|user|userinput|path|each|count|local|var|data|module|terraform|self)$/

/** What is wrong with a provider's name, as one sentence; undefined when nothing is. */
export function providerNameFault(name: string): string | undefined {
  const shown = JSON.stringify(name.length > 60 ? `${name.slice(0, 60)}…` : name)
  if (!shape.test(name)) {
    return `${shown} cannot be a provider's name: use small letters, digits, - and _, beginning with a letter, 63 at most`
  }
  if (taken.test(name)) return `${shown} cannot be a provider's name: the word is taken`
  return undefined
}
