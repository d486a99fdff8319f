// Specs at random that are right: fields of every type, a bootstrap, a machine policy, expressions between them.
import fc from 'fast-check'

/** A spec as data. */
export type SpecData = { [key: string]: unknown }

const fieldName = fc
  .stringMatching(/^[a-z]{2,8}(_[a-z]{2,6})?$/)
  .filter((name) => !['valid', 'reveal', 'then', 'name', 'identifier'].includes(name))
const letter = fc.oneof(
  { weight: 9, arbitrary: fc.string({ minLength: 1, maxLength: 1, unit: 'grapheme-ascii' }) },
  { weight: 1, arbitrary: fc.constantFrom('é', 'ж', 'ß', '鍵', '한', '。', '😀', 'e\u0301', '…', '\u00a0') },
)
const sentence = fc.oneof(fc.string({ maxLength: 60, unit: letter }), fc.lorem({ maxCount: 8 })).map(harmless)
const word = fc.stringMatching(/^[a-z][a-z0-9-]{0,12}$/)

/** Nothing that would be an expression, of ours or of Terraform's. */
function harmless(text: string): string {
  return text.replaceAll(/[$%]\{/g, '').replaceAll(/\p{Cc}/gu, ' ')
}

const texts = fc.record(
  { label: sentence, description: sentence, help: sentence, deprecated: sentence },
  { requiredKeys: [] },
)

const scalarField = fc.oneof(
  fc.record(
    { type: fc.constant('string'), min: fc.nat(5), max: fc.integer({ min: 5, max: 99 }) },
    { requiredKeys: [] },
  ),
  fc.record(
    { pattern: fc.constantFrom('^[a-z]+$', '^\\d{3}$', '^[\'"`]*$'), message: sentence.filter(Boolean) },
    { requiredKeys: ['pattern'] },
  ),
  fc.record(
    { type: fc.constant('integer'), min: fc.integer({ min: -50, max: 0 }), default: fc.integer({ min: 1, max: 9 }) },
    { requiredKeys: ['type'] },
  ),
  fc.record(
    { type: fc.constant('number'), max: fc.integer({ min: 10, max: 50 }), default: fc.constantFrom(0, 1.5, -2) },
    { requiredKeys: ['type'] },
  ),
  fc.record({ type: fc.constant('boolean'), default: fc.boolean() }, { requiredKeys: ['type'] }),
  fc.record({ type: fc.constant('duration'), default: fc.constantFrom('90s', '1h30m') }, { requiredKeys: ['type'] }),
  fc.record({ type: fc.constant('file'), secret: fc.boolean() }, { requiredKeys: ['type'] }),
  fc.record({ enum: fc.uniqueArray(word, { minLength: 1, maxLength: 6 }) }),
  fc.record({ enum: fc.dictionary(word, sentence, { minKeys: 1, maxKeys: 4 }) }),
  fc.record({ format: fc.constantFrom('uri', 'hostname', 'cidr', 'uuid') }),
)

const { field } = fc.letrec<{ field: SpecData }>((tie) => ({
  field: fc
    .tuple(
      texts,
      fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        scalarField,
        fc.record({ type: fc.constant('list'), items: tie('field') }, { requiredKeys: ['type'] }),
        fc.record({ type: fc.constant('map'), items: tie('field') }, { requiredKeys: ['type'] }),
        fc.record({ type: fc.constant('object'), fields: namedFields(tie('field'), 3) }, { requiredKeys: ['type'] }),
        fc.record({ type: fc.constant('file'), json: namedFields(tie('field'), 3) }),
      ),
    )
    .map(([said, kind]) => ({ ...said, ...kind })),
}))

/** Fields by name, whose names stay apart in every spelling. */
function namedFields(of: fc.Arbitrary<SpecData>, maxLength: number): fc.Arbitrary<Record<string, SpecData>> {
  return fc
    .uniqueArray(fc.tuple(fieldName, of), { maxLength, selector: ([name]) => name.replaceAll('_', '') })
    .map((entries) => Object.fromEntries(entries))
}

const json = fc.jsonValue({ maxDepth: 2 }).map(withoutExpressions)

function withoutExpressions(value: unknown): unknown {
  if (typeof value === 'string') return harmless(value)
  if (Array.isArray(value)) return value.map(withoutExpressions)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([key, part]) => [`k${harmless(key)}`, withoutExpressions(part)] as const)
  return Object.fromEntries(entries.filter(([, part]) => part !== null))
}

const expression = fc.constantFrom(
  '${{ machine.name }}',
  'x-${{ team.slug | upper }}-${{ machine.label | slug(20) }}',
  '${{ bootstrap.name }}',
  '${{ bootstrap.made_id }}',
  '${{ user.email | default("no one") }}',
  '${{ credential.token_name }}',
  '$${{ not.ours }}',
)
const attributes = fc.dictionary(
  word.map((name) => `a_${name}`),
  fc.oneof(
    expression,
    json.filter((value) => value !== null),
  ),
  { maxKeys: 4 },
)

/** A spec that is right; its name is given to it later. */
export const randomSpec: fc.Arbitrary<SpecData> = fc
  .record({
    title: sentence,
    description: sentence,
    notes: sentence,
    credential: namedFields(field, 5),
    metadata: namedFields(
      scalarField.filter((scalar) => !('secret' in scalar)),
      4,
    ),
    defaults: attributes,
    set: attributes,
    limit: fc.constantFrom('64KiB', '1MB', 16384),
    sshKeyPair: fc.boolean(),
    made: json.filter((value) => value !== null),
    manual: fc.subarray(['start', 'stop', 'restart', 'destroy']),
    hook: fc.boolean(),
  })
  .map(({ title, description, notes, credential, metadata, defaults, set, limit, sshKeyPair, made, manual, hook }) => ({
    spec: 'kloud/v1',
    name: 'acme',
    className: 'Acme',
    title,
    description,
    notes,
    terraform: { source: 'acme/acme', version: '~> 1.0', config: { token: '${{ credential.token_name }}' } },
    credential: { token_name: {}, ...credential },
    bootstrap: {
      sshKeyPair,
      resource: { acme_thing: { made: { name: '${{ bootstrap.name }}', value: made } } },
      outputs: { made_id: '${acme_thing.made.id}' },
    },
    machine: {
      resource: 'acme_server',
      userData: { field: 'user_data', limit },
      defaults,
      set: Object.fromEntries(Object.entries(set).filter(([name]) => !Object.hasOwn(defaults, name))),
      metadata,
    },
    api: { verify: 'manual', info: 'manual', ...Object.fromEntries(manual.map((method) => [method, 'manual'])) },
    hooks: { machine: hook },
  }))
