// Specs that hold a text wherever a spec can hold one, and texts that would like to be more than that.
import { stringify } from 'yaml'

/** Texts that break out of code, comments, tables or templates where those are made without care. */
export const hostileTexts: Readonly<Record<string, string>> = {
  'the end of a comment': '*/ process.exit(1) /* ',
  'half the end of a comment': '*',
  'a slash': '/',
  'a template literal': '`${process.exit(1)}`',
  'an open template literal': '`${',
  'all quotes': `' " \` '" "' \\' \\"`,
  backslashes: '\\ \\\\ \\n \\u0041 \\',
  'lines of all kinds': 'a\nb\r\nc\rd\n\n  e\n',
  'a line that is code': '\nthrow new Error()\n',
  'separators that are lines to JavaScript': 'a\u2028b\u2029c',
  'the end of a script': '</script><script>alert(1)</script>',
  'a comment of HTML': '--> <!-- <b>x</b> &amp; ',
  prototype: '__proto__',
  constructor: 'constructor',
  'patterns of replacement': '$& $1 $$ $` $<x>',
  'a template of ours': '{{title}} {{{x}}} {{#if y}} {{/if}} {{> doc}}',
  'a table': 'a | b\n|---|\n| c |',
  'headings and fences': '# x\n## y\n```\ncode\n```\n~~~',
  links: '[x](javascript:alert(1)) ![y](z) <javascript:x>',
  'a list and a rule': '- x\n* y\n1. z\n---\n===',
  'tags of documentation': '@deprecated @param {x} y @link {@inheritDoc}',
  'control characters': 'a\u0000\u0007\u001b[2Jb\u007f\u0085',
  'text that turns around': '\u202Eabc\u2066\u200B\uFEFF',
  'half a character': 'a\ud800b',
  'other scripts': 'ключ 鍵 😀 é e\u0301',
  space: ' \t x \u00a0 ',
  'YAML itself': ': # & * ! | > % @ - ? {} [] ,',
  'ten thousand characters': 'long '.repeat(2000),
  'one long word': 'x'.repeat(10_000),
}

/** A spec, as data, with a text in the place of every text. */
export function specOf(name: string, text: string): Record<string, unknown> {
  const ours = text.replaceAll('${{', () => '$${{')
  const terraform = text.replaceAll(/[$%](?=\{)/g, (sign) => sign + sign)
  const key = ['__proto__', 'constructor'].includes(text) || text.length > 200 ? 'key' : ours
  const pattern = `^(?:${text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&')}|x*)$`
  const field = { label: ours, description: ours, help: ours, deprecated: ours }
  return {
    spec: 'kloud/v1',
    name,
    className: 'Hostile',
    title: ours,
    description: ours,
    notes: ours,
    homepage: `https://acme.example/${encodeURI(text.replaceAll(/[\ud800-\udfff]/g, '')).slice(0, 50)}`,
    terraform: {
      source: 'acme/acme',
      config: { region: ours, token: '${{ credential.token }}', tags: { [key]: ours } },
    },
    credential: {
      token: { ...field, secret: true, pattern, message: ours },
      plain: { ...field, required: false },
      given: { ...field, default: ours },
      region: { ...field, enum: { [key]: ours, other: ours } },
      words: { ...field, type: 'list', items: { ...field, pattern, message: ours }, required: false },
      parts: { ...field, type: 'object', fields: { part: { ...field, default: ours } }, required: false },
      key: { ...field, type: 'file', secret: true, json: { part: { ...field } }, required: false },
    },
    bootstrap: {
      sshKeyPair: true,
      cost: ours,
      resource: {
        acme_key: {
          kloud: {
            name: '${{ bootstrap.name }}',
            text: terraform,
            nested: [{ [key === ours ? terraform : key]: terraform }],
          },
        },
      },
      locals: { text: terraform },
      outputs: { key_id: { ...field, value: '${acme_key.kloud.id}', pattern } },
    },
    machine: {
      resource: 'acme_server',
      require: ['name'],
      defaults: { text: ours, nested: { [key]: [ours] }, mixed: `\${{ machine.name }}${ours}\${{ team.slug }}` },
      with: [{ unless: ['a'], defaults: { other: ours }, resource: { acme_nic: { nic: { text: ours } } } }],
      set: { 'deep.text': ours },
      append: { list: [ours], lines: ours },
      forbid: { never: ours },
      metadata: { id: { ...field, enum: { [key]: ours } }, kept: { ...field, value: ours } },
    },
    api: {
      http: {
        baseUrl: 'https://api.acme.example',
        auth: { bearer: '${{ credential.token }}' },
        query: { text: ours },
        headers: { 'X-Text': ours },
        error: 'message',
      },
      verify: 'manual',
      info: {
        call: 'GET /servers/${{ metadata.id }}',
        description: ours,
        state: 'status',
        states: { [key]: 'Running' },
        missing: 'NotInitialized',
      },
      start: {
        call: `POST /servers/\${{ metadata.id }}/start`,
        description: ours,
        query: { text: ours },
        body: { text: ours, nested: { [key]: [ours] }, mixed: `\${{ metadata.id }}${ours}\${{ bootstrap.key_id }}` },
      },
      stop: 'manual',
    },
  }
}

/** The same as YAML, as a file would have it. */
export function hostileYaml(name: string, text: string): string {
  return stringify(specOf(name, text), { defaultStringType: 'QUOTE_DOUBLE', lineWidth: 0 })
}
