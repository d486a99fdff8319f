// In: the words of a spec. Out: names for code: one way to make each kind, and the names that are taken.

/** What can be a property or a variable without quotes, in ASCII. */
export const identifierPattern = /^[A-Za-z_][A-Za-z0-9_]{0,127}$/

/** A field's name: it begins with a letter, since what begins with __ is never injected. */
export const fieldNamePattern = /^[A-Za-z][A-Za-z0-9_]{0,127}$/

/** Words that cannot name a variable in strict TypeScript. */
export const reservedWords: ReadonlySet<string> = new Set(
  `abstract any arguments as async await bigint boolean break case catch class const continue debugger declare default delete do
  else enum eval export extends false finally for from function get if implements import in infer instanceof interface is keyof
  let module namespace never new null number object of package private protected public readonly require return set static
  string super switch symbol this throw true try type typeof undefined unique unknown using var void while with yield`.split(
    /\s+/,
  ),
)

/** Members that every generated schema class has. */
export const reservedFieldNames: ReadonlySet<string> = new Set([
  'constructor',
  'hasOwnProperty',
  'identifier',
  'isPrototypeOf',
  'propertyIsEnumerable',
  'prototype',
  'reveal',
  'then',
  'toJSON',
  'toLocaleString',
  'toString',
  'valid',
  'valueOf',
  '__proto__',
])

/** The words of a name: `access_token`, `accessToken` and `Access-Token` have the same two. */
export function wordsOf(name: string): string[] {
  return name.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+/g) ?? []
}

/** `digital_ocean` becomes `DigitalOcean`. */
export function pascalCase(name: string): string {
  return wordsOf(name)
    .map((word) => word[0]?.toUpperCase() + word.slice(1).toLowerCase())
    .join('')
}

/** `access_token` becomes `accessToken`. */
export function camelCase(name: string): string {
  const pascal = pascalCase(name)
  return `${pascal[0]?.toLowerCase() ?? ''}${pascal.slice(1)}`
}

/** A name without what tells its spellings apart: two names of one such become the same in code. */
export function plainSpelling(name: string): string {
  return name.replaceAll(/[^A-Za-z0-9]/g, '').toLowerCase()
}

/** Functions of the runtime that generated code calls beside the variable. */
const importedNames: ReadonlySet<string> = new Set(
  'text lower upper truncate slug hostname orDefault base64 json int pathOf publicText'.split(' '),
)

/** What a variable that holds one resource of this type is called: `digitalocean_droplet` gives `droplet`. */
export function resourceVariable(type: string): string {
  const last = camelCase(type.split('_').filter(Boolean).at(-1) ?? '')
  return /^[a-z]/.test(last) && !reservedWords.has(last) && !importedNames.has(last) ? last : 'machine'
}
