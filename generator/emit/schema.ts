// In: a provider's model. Out: schema.gen.ts, with the classes Credential, Bootstrap and Metadata, and schema.json.
import type { Field, Fields } from '../../runtime/schema/fields.js'
import { partSchema } from '../model/json-schema.js'
import type { PartName, ProviderModel } from '../model/model.js'
import { article } from './article.js'
import { data } from './code.js'
import { docText } from './doc.js'
import { Imports } from './imports.js'
import { printJson } from './json.js'
import { print } from './print.js'
import { render } from './template.js'
import { interfaceText } from './types.js'

const parts = ['credential', 'bootstrap', 'metadata'] as const satisfies readonly PartName[]

const classNames = { credential: 'Credential', bootstrap: 'Bootstrap', metadata: 'Metadata' } as const satisfies Record<
  PartName,
  string
>

/** What each class is, in a sentence. */
function classDoc(part: PartName, { title, machine }: ProviderModel): string {
  switch (part) {
    case 'credential':
      return `What lets Kloud work in ${article(title)} ${title} account; entered once, verified, and kept encrypted.`
    case 'bootstrap':
      return `What the bootstrap made in the account; it lives as long as the credential.`
    case 'metadata':
      return `What is remembered of one ${machine.noun}, from the attributes of its \`${machine.resource}\`.`
  }
}

/** `schema.gen.ts`; the types of its fields must have been asked for. */
export function emitSchema(model: ProviderModel, path: string): string {
  const imports = new Imports()
  imports.value('schemaClass')
  imports.type('Fields')
  if (parts.some((part) => anyField(model.fields[part], isPlainSecret))) imports.type('Secret')
  if (parts.some((part) => anyField(model.fields[part], (field) => field.json !== undefined))) imports.type('JsonFile')
  return render('schema.gen.ts', {
    path,
    specFile: model.specFile,
    imports: imports.text(),
    parts: parts.map((part) => {
      const className = classNames[part]
      const fields = model.fields[part]
      const tableName = `${part}Fields`
      return {
        part,
        className,
        tableName,
        fieldsInterface: interfaceText(`${className}Fields`, fields, part, `The fields of \`${className}\`.`),
        table: print(data(fields), 0, `const ${tableName} = `.length, ' satisfies Fields'.length),
        doc: docText(classDoc(part, model)),
      }
    }),
  })
}

/** `schema.json`: the JSON Schema of the three, for forms and editors. */
export function emitJsonSchema(model: ProviderModel): string {
  const schema = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: model.title,
    $defs: Object.fromEntries(
      parts.map((part) => [classNames[part], partSchema(model.fields[part], part, classDoc(part, model))]),
    ),
  }
  return `${printJson(schema)}\n`
}

function isPlainSecret(field: Field): boolean {
  return field.secret === true && field.json === undefined
}

function anyField(fields: Fields, test: (field: Field) => boolean): boolean {
  return Object.values(fields).some(
    (field) =>
      test(field) ||
      (field.fields !== undefined && anyField(field.fields, test)) ||
      (field.json !== undefined && anyField(field.json, test)) ||
      (field.items !== undefined && anyField({ item: field.items }, test)),
  )
}
