// The shape of `api`: a transport, and the methods that are mapped to its calls.
import {
  array,
  boolean,
  type infer as Infer,
  literal,
  number,
  optional,
  record,
  strictObject,
  string,
  union,
  unknown,
} from 'zod/mini'
import { documented, named } from './documented.js'
import { execDefinition, httpDefinition, sdkDefinition, values } from './transport.js'

export type { AuthInput, HttpInput } from './transport.js'

const duration = union([string(), number()])

const retryDefinition = strictObject({
  on: documented(optional(array(number())), 'The statuses after which the call is repeated.', [422]),
  if: documented(
    optional(string()),
    'A JMESPath condition that the answer must meet to be repeated.',
    "contains(message, 'pending event')",
  ),
  for: documented(optional(duration), 'For how long it is repeated.', '1m'),
})

const waitDefinition = named(
  'Wait',
  strictObject({
    state: documented(optional(string()), 'Waits through info until the machine is in this state.', 'Stopped'),
    call: documented(
      optional(string()),
      'The call that is repeated until the answer says that all is done.',
      'GET /actions/${{ response.action.id }}',
    ),
    input: documented(optional(values), 'The input of an sdk call that is repeated.', { Name: '${{ metadata.name }}' }),
    run: documented(optional(array(string())), 'The arguments of the program, run again and again.', ['job', 'status']),
    lines: documented(
      optional(string()),
      'How the output of the program is read: see the same key of a step.',
      '^(?<job>.*)$',
    ),
    json: documented(optional(boolean()), 'Whether the output of the program is JSON.', true),
    query: documented(optional(values), 'Parameters of the call.', { wait: true }),
    headers: documented(optional(values), 'Headers of the call.', { Accept: 'application/json' }),
    body: documented(optional(unknown()), 'The body of the call, as JSON.', { wait: true }),
    fail: documented(
      optional(string()),
      'A JMESPath condition on the answer: true means that it failed. Asked before until.',
      "status == 'errored'",
    ),
    until: documented(
      optional(string()),
      'A JMESPath condition on the answer: true ends the wait.',
      "status == 'completed'",
    ),
    interval: documented(optional(duration), 'The time between two questions; it grows, with jitter.', '2s'),
    timeout: documented(optional(duration), 'How long it is waited for, at most.', '5m'),
  }),
)

const missingDefinition = union([
  string(),
  strictObject({
    status: documented(optional(array(number())), 'HTTP statuses that mean that there is no such machine.', [404]),
    error: documented(optional(array(string())), "Codes of the cloud's errors that mean it.", ['ResourceNotFound']),
    exit: documented(
      optional(array(union([number(), string()]))),
      'Exit codes of the program, or names of system errors, that mean it.',
      ['ENOENT'],
    ),
    empty: documented(optional(boolean()), 'Whether an answer with no state in it means it.', true),
    state: documented(string(), 'The state that it is then in.', 'NotInitialized'),
  }),
])

const stepShape = {
  call: documented(
    optional(string()),
    'The request: a method and a path, or the name of an sdk command.',
    'POST /droplets/${{ metadata.droplet_id }}/actions',
  ),
  run: documented(optional(array(string())), 'The arguments of the program.', ['status', '--machine-readable']),
  stdin: documented(optional(string()), "The program's standard input.", '${{ credential.password }}'),
  query: documented(optional(values), 'Parameters of the query.', { force: true }),
  headers: documented(optional(values), 'Headers of the request.', { 'If-Match': '*' }),
  body: documented(optional(unknown()), 'The body, as JSON.', { type: 'power_on' }),
  input: documented(optional(values), 'The input of an sdk command.', { InstanceIds: ['${{ metadata.instance_id }}'] }),
  lines: documented(
    optional(string()),
    'A regular expression with named groups: each line of the output that it matches becomes an object of a list.',
    '^(?<key>[^,]*),(?<value>.*)$',
  ),
  json: documented(optional(boolean()), 'Whether the output is JSON.', true),
  expect: documented(optional(string()), 'A JMESPath condition that the answer must meet.', 'success'),
  wait: documented(optional(waitDefinition), 'What is waited for after the call.', { state: 'Stopped', timeout: '2m' }),
  when: documented(
    optional(union([string(), array(string())])),
    "States in which the step is done, asked just before it; or a condition on word, the cloud's own.",
    'Running',
  ),
  optional: documented(optional(boolean()), 'Whether the rest goes on where this step fails or takes too long.', true),
  timeout: documented(optional(duration), 'How long the call may take.', '30s'),
  idempotent: documented(
    optional(boolean()),
    'Whether the call may be repeated without harm; by its HTTP method when not said.',
    true,
  ),
  retry: documented(
    optional(retryDefinition),
    'Failures after which the call is repeated, beyond those that are safe anyway.',
    { on: [422], for: '1m' },
  ),
  description: documented(
    optional(string()),
    'What the step does, for the generated code and documentation.',
    'Asks the system to shut down',
  ),
}

/** A step as it is written. */
export type StepInput = Infer<typeof stepDefinition>
/** What a step waits for, as it is written. */
export type WaitInput = Infer<typeof waitDefinition>
/** How the state is asked for, as it is written. */
export type InfoInput = Infer<typeof infoDefinition>
export type MissingInput = Infer<typeof missingDefinition>
export type ApiInput = Infer<typeof apiDefinition>

const stepDefinition = named('Step', strictObject(stepShape))

const infoDefinition = strictObject({
  ...stepShape,
  state: documented(
    optional(union([string(), array(string())])),
    "The JMESPath of the machine's state in the answer, or several: the first whose word is listed counts.",
    'droplet.status',
  ),
  states: documented(optional(record(string(), string())), "The cloud's words, each with Kloud's state.", {
    active: 'Running',
    off: 'Stopped',
  }),
  missing: documented(
    optional(missingDefinition),
    'What it means that the cloud does not know the machine.',
    'NotInitialized',
  ),
  metadata: documented(
    optional(record(string(), string())),
    'Fields of metadata that the answer brings home: a JMESPath each.',
    { ip: 'droplet.networks.v4[0].ip_address' },
  ),
})

const stepsDefinition = union([string(), stepDefinition, array(stepDefinition)])

export const apiDefinition = strictObject({
  http: documented(optional(httpDefinition), 'A JSON API over HTTP.', { baseUrl: 'https://api.example.com/v1' }),
  sdk: documented(optional(sdkDefinition), "The cloud's own npm client.", {
    package: '@aws-sdk/client-ec2',
    client: 'EC2Client',
  }),
  exec: documented(optional(execDefinition), 'A program on this machine.', { program: 'vagrant' }),
  verify: documented(
    optional(union([stepsDefinition, literal('manual')])),
    'Whether a credential works: a call that succeeds where it does. manual: written in stack.ts.',
    'GET /account',
  ),
  info: documented(
    optional(union([string(), infoDefinition])),
    "How the machine's state is asked for. manual: written in machine.ts.",
    { call: 'GET /servers/${{ metadata.id }}', state: 'server.status', states: { running: 'Running' } },
  ),
  start: documented(optional(stepsDefinition), 'How the machine is started. manual: written in machine.ts.', {
    call: 'POST /servers/${{ metadata.id }}/start',
  }),
  stop: documented(optional(stepsDefinition), 'How the machine is stopped. manual: written in machine.ts.', {
    call: 'POST /servers/${{ metadata.id }}/stop',
  }),
  restart: documented(
    optional(stepsDefinition),
    'How the machine is restarted, where the cloud can. manual: written in machine.ts.',
    { call: 'POST /servers/${{ metadata.id }}/reboot' },
  ),
  destroy: documented(
    optional(stepsDefinition),
    'How the machine is destroyed, where it is not Terraform that does. manual: written in machine.ts.',
    { call: 'DELETE /servers/${{ metadata.id }}' },
  ),
})
