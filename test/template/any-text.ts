// Texts of a template as fast-check makes them: whole expressions with all that Terraform's language has, and the same with a fault.
import fc from 'fast-check'

const variable = fc.constantFrom('x', 'yy', 'z-z', '_w', 'ü').map((name) => `var.${name}`)
const attribute = fc.constantFrom('a', 'bb', 'c-d', '_e', 'é', 'for1', 'var', 'local', 'if', 'in')
const forNames = fc.constantFrom('v', 'k, v', 'var', 'k,var', 'x', 'local')

/** White space: where newlines count for nothing, and inside the line of an object's entry. */
const space = fc.oneof(
  { arbitrary: fc.constantFrom('', ' '), weight: 12 },
  fc.constantFrom('\t', '\n', '\r\n', ' /* } " */ ', ' # }\n', ' // ${\n'),
)
const lineSpace = fc.oneof({ arbitrary: fc.constantFrom('', ' '), weight: 12 }, fc.constantFrom('\t', ' /* \n } */ '))

const words = fc.constantFrom(
  '',
  'a',
  ' b ',
  '$',
  '%',
  '$${q}',
  '%%{ q }',
  '$$',
  '%%',
  '😀',
  '}',
  '{',
  '$${var.no}',
  '~',
)
const bareWords = fc.oneof(words, fc.constantFrom('"', '\n', '\r\n', '\\', '\\n', 'EOT', '\t'))
const quotedWords = fc.oneof(words, fc.constantFrom('\\"', '\\n', '\\\\', '\\u00e9', '\\U0001F600', '\\t'))
const operator = fc.constantFrom('+', '-', '*', '/', '%', '==', '!=', '<', '>', '<=', '>=', '&&', '||')

type Piece = string | fc.Arbitrary<string>

/** Pieces one after the other, with white space between them and at both ends. */
function spaced(...pieces: readonly Piece[]): fc.Arbitrary<string> {
  return joined(...pieces.flatMap((piece) => [space, piece]), space)
}

function joined(...pieces: readonly Piece[]): fc.Arbitrary<string> {
  const arbitraries = pieces.map((piece) => (typeof piece === 'string' ? fc.constant(piece) : piece))
  return fc.tuple(...arbitraries).map((texts) => texts.join(''))
}

function several(item: fc.Arbitrary<string>, separator = '', maxLength = 2): fc.Arbitrary<string> {
  return fc.array(item, { maxLength }).map((items) => items.join(separator))
}

function maybe(piece: Piece): fc.Arbitrary<string> {
  return fc.oneof(fc.constant(''), joined(piece))
}

const grammar = fc.letrec<Record<'expression' | 'operand' | 'entryValue' | 'quoted' | 'sequence', string>>((tie) => {
  const [expression, operand, quoted, sequence] = [tie('expression'), tie('operand'), tie('quoted'), tie('sequence')]
  const heredoc = fc
    .tuple(
      fc.constantFrom('<<EOT', '<<-EOT', '<<E-1'),
      several(fc.oneof(bareWords, sequence), '', 3),
      fc.constantFrom('\n', '\r\n'),
    )
    .map(([opener, content, end]) => `${opener}${end}${content}\n ${opener.replace(/^<<-?/, '')}${end}`)
  const key = fc.oneof(attribute, quoted, joined('(', expression, ')'), fc.constant('1'))
  const entry = joined(lineSpace, key, lineSpace, fc.constantFrom('=', ':'), lineSpace, tie('entryValue'), lineSpace)
  const step = fc.oneof(
    spaced('.', attribute),
    fc.constantFrom('.0', '.*', '.*.a', '[*]', '[0]', '["k"]', '[ "a${1}" ]', '.12.q'),
    spaced('[', expression, ']'),
  )
  const forHead = joined('for ', forNames, ' in ', expression, space, ':', expression)
  const term = fc.oneof(
    { depthSize: 'xsmall' },
    { arbitrary: variable, weight: 6 },
    fc.constantFrom('1', '0.5', '1e3', 'true', 'null', 'local.a', 'path.module'),
    spaced('var', '.', 'x'),
    quoted,
    heredoc,
    spaced(fc.constantFrom('-', '!'), operand),
    spaced('(', expression, ')'),
    spaced(fc.constantFrom('upper', 'f', 'provider::a::b', 'ns :: f'), '(', several(expression, ','), ')'),
    spaced('merge', '(', expression, fc.constantFrom('', ',', '...'), ')'),
    spaced('[', several(expression, ','), ']'),
    spaced('[', expression, ',', ']'),
    joined('{', several(joined(entry, fc.constantFrom(',', '\n', ', \n', ' # c\n', '\n\n'))), maybe(entry), '}'),
    joined('[', space, forHead, space, maybe(joined(' if ', expression)), ']'),
    joined('{', space, forHead, '=>', expression, fc.constantFrom('', '...'), maybe(joined(' if ', expression)), '}'),
  )
  return {
    expression: fc.oneof(
      { depthSize: 'xsmall' },
      operand,
      spaced(operand, operator, operand),
      spaced(operand, '?', operand, ':', expression),
    ),
    operand: joined(term, several(step, '', 1)),
    entryValue: fc.oneof(
      { depthSize: 'xsmall' },
      variable,
      fc.constantFrom('1', '"s"', '1+2', 'true ? 1 : 2'),
      quoted,
      joined('[', expression, ']'),
    ),
    quoted: joined('"', several(fc.oneof({ depthSize: 'xsmall' }, quotedWords, joined('${', expression, '}'))), '"'),
    sequence: fc.oneof(
      { depthSize: 'xsmall' },
      joined(fc.constantFrom('${', '${~'), space, expression, space, fc.constantFrom('}', '~}')),
      joined('%{ if ', expression, ' ~}', words, sequence, '%{~ endif }'),
      joined('%{if ', expression, '}', sequence, '%{\nelse ~}', sequence, words, '%{endif}'),
      joined('%{ for ', forNames, ' in ', expression, ' }', sequence, words, '%{ endfor ~}'),
    ),
  }
})

/** A text as a value in a JSON template; Terraform can parse nearly all of them. */
export const anyText: fc.Arbitrary<string> = several(fc.oneof(bareWords, grammar.sequence, grammar.sequence), '', 3)

const faults = [
  '',
  '}',
  '{',
  '"',
  '(',
  ']',
  ',',
  '.',
  ' ',
  '\n',
  '$',
  '%',
  '~',
  '=',
  ':',
  '\\',
  '\r',
  '*',
  '0',
  'for',
  '#',
  '<<A\n',
]

/** The same with characters taken out, or something put in. */
export const faultyText: fc.Arbitrary<string> = fc
  .tuple(anyText, fc.nat(), fc.constantFrom(...faults), fc.nat(2))
  .map(([text, at, put, taken]) => {
    const start = text.length === 0 ? 0 : at % text.length
    return text.slice(0, start) + put + text.slice(start + taken)
  })
