// `kloud-gen new provider`: a commented spec, generated at once.
import { defineCommand } from '../../../runtime/cli/command.js'
import { GeneratorError } from '../../errors.js'
import { generate } from '../../generate.js'
import {
  type Answers,
  defaultAnswers,
  nameFault,
  parseFields,
  resourceFault,
  sourceFault,
  titleFault,
  urlFault,
} from '../../new/answers.js'
import { writeSpec } from '../../new/write-spec.js'
import { refuseOutputFolder } from '../../output/safety.js'
import { findProject, type Project } from '../../project.js'
import { folderOptions } from '../options.js'
import { reportDiagnostics, reportProblems } from '../report.js'

export const newProvider = defineCommand({
  about: 'write specs/NAME.yaml, commented, and generate it; on a terminal it asks for what it needs',
  words: 'NAME',
  count: [1, 1],
  options: {
    ...folderOptions,
    title: { type: 'string', value: 'TITLE', about: 'what people call it' },
    source: { type: 'string', value: 'ADDRESS', about: 'its address in the Terraform registry: NAMESPACE/NAME' },
    resource: { type: 'string', value: 'TYPE', about: "one machine's resource type in Terraform" },
    field: { type: 'string', multiple: true, value: 'NAME[:secret]', about: 'a field of the credential' },
    transport: { type: 'string', choices: ['http', 'manual'], about: 'how a machine is asked, started and stopped' },
    'base-url': { type: 'string', value: 'URL', about: 'the address of an http API' },
    yes: { type: 'boolean', short: 'y', about: 'ask nothing: take what is usual where no flag says otherwise' },
  },
  examples: [
    ['kloud-gen new provider acme', 'asks for what it needs'],
    ['kloud-gen new provider acme --yes', 'asks nothing'],
    [
      'kloud-gen new provider acme --title "Acme Cloud" --field token:secret --field region --transport http',
      'says all of it',
    ],
  ],
  async run({ options, words, cwd, output, program }) {
    const name = words[0] ?? ''
    const fault = nameFault(name)
    if (fault) throw new GeneratorError(fault, { exit: 2 })
    const project = await findProject(cwd, options)
    const refused = refuseOutputFolder({ project: cwd, root: project.out, specs: project.specs })
    if (refused) throw refused
    const said = answersOf(options)
    const defaults = defaultAnswers(name)
    const ask = !options.yes && !options.json && output.interactive
    const answers = ask ? await (await import('../../new/ask.js')).askAnswers(defaults, said) : { ...defaults, ...said }
    if (!answers) return 130
    const spec = await writeSpec(project, answers)
    const { files, diagnostics, problems } = await generate(project, { names: [name] })
    const written = [spec, ...files.flatMap(({ path, action }) => (action === 'written' ? [path] : []))]
    if (options.json) output.out(`${JSON.stringify({ provider: name, files: written })}\n`)
    else {
      for (const path of written) output.out(`written  ${path}\n`)
      output.out(next(answers, spec, project, `npx ${program}`))
    }
    await reportDiagnostics(diagnostics, { output, cwd })
    const exit = reportProblems(problems, output)
    return diagnostics.some(({ severity }) => severity === 'error') ? 2 : exit
  },
})

interface Flags {
  title?: string | undefined
  source?: string | undefined
  resource?: string | undefined
  field?: string[] | undefined
  transport?: string | undefined
  'base-url'?: string | undefined
}

function answersOf(flags: Flags): Partial<Answers> {
  const faults = [
    flags.source === undefined ? undefined : sourceFault(flags.source),
    flags.resource === undefined ? undefined : resourceFault(flags.resource),
    flags['base-url'] === undefined ? undefined : urlFault(flags['base-url']),
    flags.title === undefined ? undefined : titleFault(flags.title),
  ]
  const fault = faults.find((found) => found !== undefined)
  if (fault) throw new GeneratorError(fault, { exit: 2 })
  const transport = flags.transport === 'http' || flags['base-url'] !== undefined ? 'http' : 'manual'
  return {
    ...(flags.title === undefined ? {} : { title: flags.title }),
    ...(flags.source === undefined ? {} : { source: flags.source }),
    ...(flags.resource === undefined ? {} : { resource: flags.resource }),
    ...(flags.field === undefined ? {} : { fields: parseFields(flags.field) }),
    ...(flags.transport === undefined && flags['base-url'] === undefined ? {} : { transport }),
    ...(flags['base-url'] === undefined ? {} : { baseUrl: flags['base-url'] }),
  }
}

function next({ name, transport }: Answers, spec: string, { out, tests }: Project, command: string): string {
  const write = transport === 'manual' ? `  write the four methods in ${out}/${name}/stack.ts and machine.ts\n` : ''
  return [
    '\nNext:\n',
    `  edit ${spec}: its comments say what each key is for\n`,
    write,
    `  ${command} generate        after every change, or leave running: ${command} watch\n`,
    `  npx kloud describe ${name}      what a user is asked for\n`,
    tests
      ? `  npx vitest run ${out}/${name}      its whole life in the sandbox; needs: npm install --save-dev vitest\n`
      : '',
  ].join('')
}
