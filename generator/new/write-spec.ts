// In: answers. Out: a new spec, commented so that it needs no manual.
import { existsSync, writeFileSync } from 'node:fs'
import { dirname, join, posix, relative, resolve } from 'node:path'
import { ensureFolder } from '../../runtime/ensure-folder.js'
import { readableLabel } from '../../runtime/schema/label.js'
import { diskError, GeneratorError, systemCode } from '../errors.js'
import { type Project, specsFolder } from '../project.js'
import { writeYaml } from '../spec/yaml/write.js'
import { type Answers, terraformPrefix } from './answers.js'
import template from './spec.yaml.hbs'

/** Where the comments of a new spec begin. */
const COMMENT_COLUMN = 36

/** The schema's name, beside a spec or in the package. */
const SCHEMA = 'kloud-v1.schema.json'

/**
 * Writes the spec of a new provider. Nothing that is there is replaced.
 * @returns its path from the project
 * @throws GeneratorError (exit 2) where there is a spec of that name, (exit 3) where the disk refuses
 */
export async function writeSpec(project: Project, answers: Answers): Promise<string> {
  const folder = specsFolder(project)
  const path = join(folder, `${answers.name}.yaml`)
  const file = posix.join(project.specs, `${answers.name}.yaml`)
  if (existsSync(path) || existsSync(join(folder, `${answers.name}.yml`))) throw alreadyThere(file)
  try {
    ensureFolder(folder)
    const schema = await schemaFor(project)
    writeFileSync(path, specText(answers, schema, project.out), { flag: 'wx' })
  } catch (error) {
    if (systemCode(error) === 'EEXIST') throw alreadyThere(file)
    throw diskError(`write ${file}`, error)
  }
  return file
}

function alreadyThere(file: string): GeneratorError {
  return new GeneratorError(`${file} is there already`, {
    exit: 2,
    hint: 'edit it, and run "kloud-gen generate"; or choose another name',
  })
}

/** The text of a new spec. */
export function specText(answers: Answers, schema: string, out: string): string {
  const { name, title, source, resource, fields, transport, baseUrl } = answers
  const secret = fields.find((field) => field.secret)
  return template({
    schema,
    name,
    title: scalar(title),
    words: oneLine(title),
    region: fields.some((field) => field.name === 'region'),
    source: `${scalar(source)} `.padEnd(COMMENT_COLUMN - '  source: '.length),
    resource: `${resource} `.padEnd(COMMENT_COLUMN - '  resource: '.length),
    prefix: terraformPrefix(name),
    out,
    open: '{{',
    fields: fields.map((field) => ({
      ...field,
      label: scalar(readableLabel(field.name)),
      expression: `\${{ credential.${field.name} }}`,
    })),
    http: transport === 'http',
    baseUrl: scalar(baseUrl),
    token: secret ? `\${{ credential.${secret.name} }}` : '',
  })
}

/** A text as YAML writes it, with quotes where they are needed. */
function scalar(text: string): string {
  return writeYaml(oneLine(text))
}

function oneLine(text: string): string {
  return text.replaceAll(/[\s\p{Cc}]+/gu, ' ').trim()
}

/** Where an editor finds the schema, from the folder of the specs: in the installed package, else a copy beside the spec. */
async function schemaFor(project: Project): Promise<string> {
  const folder = specsFolder(project)
  for (let at = resolve(project.cwd); ; at = dirname(at)) {
    const installed = join(at, 'node_modules', 'kloud-gen', 'dist', SCHEMA)
    const own = join(at, 'generator', 'spec', SCHEMA)
    for (const path of [installed, own]) if (existsSync(path)) return relative(folder, path).replaceAll('\\', '/')
    if (dirname(at) === at) break
  }
  const beside = join(folder, SCHEMA)
  if (!existsSync(beside)) {
    const { specJsonSchemaText } = await import('../schema-text.js')
    writeFileSync(beside, specJsonSchemaText())
  }
  return `./${SCHEMA}`
}
