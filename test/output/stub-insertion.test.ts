// Stubs in authors' files of every kind: what is inserted, and that nothing else changes.
import { describe, expect, it } from 'vitest'
import type { Stub } from '../../generator/output/output-file.js'
import { insertStubs } from '../../generator/output/stub/insert-stubs.js'
import { stub } from './workspace.js'

const start = stub('start', { text: '/** Starts it. */\nasync start(): Promise<void> {\n  throw new Error()\n}' })
const base = "import { AcmeMachine } from './machine.gen.js'\n"
const written = '  /** Starts it. */\n  async start(): Promise<void> {\n    throw new Error()\n  }'

function inserted(source: string, ...stubs: Stub[]): string {
  const { text, refused } = insertStubs(source, stubs.length === 0 ? [start] : stubs)
  expect(refused?.why).toBeUndefined()
  return text
}

function refusal(source: string, ...stubs: Stub[]) {
  const { text, refused } = insertStubs(source, stubs.length === 0 ? [start] : stubs)
  expect(text).toBe(source)
  expect(refused?.snippet).toContain('async start(): Promise<void> {')
  return refused?.why
}

describe('the place', () => {
  it.each([
    ['an empty class', '{}', `{\n${written}\n}`],
    ['an empty class with a blank', '{ }', `{ \n${written}\n}`],
    ['an empty class on two lines', '{\n}', `{\n${written}\n}`],
    ['a class with a member', '{\n  size = 1\n}', `{\n  size = 1\n\n${written}\n}`],
    ['a class on one line', '{ size = 1 }', `{ size = 1 \n\n${written}\n}`],
    [
      'a comment at the end',
      '{\n  a() {}\n  // more to come }\n}',
      `{\n  a() {}\n  // more to come }\n\n${written}\n}`,
    ],
    ['only a comment', '{\n  /* } */\n}', `{\n  /* } */\n\n${written}\n}`],
    ['blanks at the ends of lines', '{\n  a() {}  \n\n}  ', `{\n  a() {}\n\n${written}  \n\n}  `],
    ['strings with braces', '{\n  a = "}"\n  b = `}${"}"}`\n}', `{\n  a = "}"\n  b = \`}\${"}"}\`\n\n${written}\n}`],
  ])('of %s', (_, before, after) => {
    const source = `${base}export class Machine extends AcmeMachine ${before}\nconst later = { end: true }\n`
    expect(inserted(source)).toBe(
      `${base}export class Machine extends AcmeMachine ${after}\nconst later = { end: true }\n`,
    )
  })

  it('takes several stubs, in their order, with a blank line between', () => {
    const text = inserted(`${base}export class Machine extends AcmeMachine {}\n`, stub('stop'), stub('start'))
    const bodies = ['stop', 'start'].map((name) => stub(name).text.replace(/^/gm, '  '))
    expect(text).toBe(`${base}export class Machine extends AcmeMachine {\n${bodies.join('\n\n')}\n}\n`)
  })

  it('takes stubs of several classes in one file', () => {
    const source = `${base}export class Stack extends AcmeStack {}\nexport class Machine extends AcmeMachine {}\n`
    const text = inserted(source, start, stub('machine', { className: 'Stack', baseName: 'AcmeStack' }))
    expect(text.indexOf('machine()')).toBeLessThan(text.indexOf('class Machine'))
    expect(text.indexOf('start()')).toBeGreaterThan(text.indexOf('class Machine'))
  })

  it('is left alone where what stands before would swallow the stub', () => {
    const source = `${base}export class Machine extends AcmeMachine {\n  get\n}\n`
    expect(refusal(source, stub('start', { text: 'async start(): Promise<void> {\n}' }))).toBe(
      'no place for it was found',
    )
  })
})

describe('the author’s hand', () => {
  it('keeps CRLF, and writes it', () => {
    const source = `${base}export class Machine extends AcmeMachine {\n  a = 1;\n}\n`.replaceAll('\n', '\r\n')
    expect(inserted(source)).toBe(source.replace('1;\r\n', `1;\r\n\r\n${written.replaceAll('\n', '\r\n')}\r\n`))
  })

  it('keeps a byte order mark', () => {
    expect(inserted(`\uFEFF${base}class Machine extends AcmeMachine {}`)).toBe(
      `\uFEFF${base}class Machine extends AcmeMachine {\n${written}\n}`,
    )
  })

  it('writes tabs where the author does', () => {
    const source = `${base}export class Machine extends AcmeMachine {\n\ta() {\n\t\treturn 1\n\t}\n}\n`
    const tabbed = '\t/** Starts it. */\n\tasync start(): Promise<void> {\n\t\tthrow new Error()\n\t}'
    expect(inserted(source)).toBe(source.replace('\t}\n}\n', `\t}\n\n${tabbed}\n}\n`))
  })

  it('indents by 4 where the author does, within what stands around the class', () => {
    const source = `${base}namespace x {\n    export class Other extends AcmeMachine {\n        a = 1\n    }\n}\n`
    expect(inserted(source)).toContain(
      '        a = 1\n\n        /** Starts it. */\n        async start(): Promise<void> {\n            throw new Error()\n        }\n    }\n',
    )
  })

  it('keeps decorators, comments and everything else as it is', () => {
    const source = `#!/usr/bin/env node\n/* { */ ${base}@mark({ a: '}' })\nexport class /* here */ Machine<T>\n  extends AcmeMachine // base {\n{\n  @note() a = '{' }\n// end`
    expect(inserted(source).replace(`\n\n${written}\n`, '')).toBe(source)
  })
})

describe('the class', () => {
  it.each([
    ['a renamed class', 'export class Droplet extends AcmeMachine {}'],
    ['the default export', 'export default class extends AcmeMachine {}'],
    ['a named default export', 'export default class Machine extends AcmeMachine {}'],
    ['a class expression', 'export const Machine = class extends AcmeMachine {}'],
    ['a class in a call', 'export const Machine = watched(class Inner extends AcmeMachine {})'],
    ['a class that is exported later', 'class Droplet extends AcmeMachine {}\nexport { Droplet as Machine }'],
    ['a class behind a name', 'class Droplet extends AcmeMachine {}\nexport const Machine = Droplet'],
    ['a namespace import', "import * as gen from './machine.gen.js'\nexport class Machine extends gen.AcmeMachine {}"],
    ['a base with type arguments', 'export class Machine extends AcmeMachine<{ a: 1 }> {}'],
    [
      'a mixin of the file itself',
      'const loud = (B) => class extends B { shout() {} }\nexport class Machine extends loud(AcmeMachine) {}',
    ],
    ['a parent in the file', 'class Shared extends AcmeMachine { a = 1 }\nexport class Machine extends Shared {}'],
    [
      'one of several, by its export',
      'class Draft extends AcmeMachine {}\nexport class Droplet extends AcmeMachine {}',
    ],
    ['an unrelated class of the expected name', 'class Machine {}\nexport class Droplet extends AcmeMachine {}'],
  ])('is found: %s', (_, source) => {
    const text = inserted(`${base}${source}\n`)
    const gap = text.indexOf('\n  /** Starts it. */')
    expect(text.slice(0, gap) + text.slice(gap + written.length + 2)).toBe(`${base}${source}\n`)
    expect(source).toMatch(/\{\}/)
    expect(text.slice(0, gap)).toMatch(/extends (?:loud\(|gen\.)?(?:AcmeMachine|Shared)(?:<.*>)?\)? \{$/)
  })

  it('is found under another name of its base', () => {
    const source = "import { AcmeMachine as Base } from './machine.gen.js'\nexport class Droplet extends Base {}\n"
    expect(inserted(source)).toContain('async start()')
  })

  it.each([
    ['no class in the file extends AcmeMachine', "export { Machine } from './mine.js'\n"],
    [
      'several classes in the file extend AcmeMachine',
      'class A extends AcmeMachine {}\nclass B extends AcmeMachine {}\n',
    ],
    [
      'Machine does not extend AcmeMachine in this file',
      "import { Shared } from './shared.js'\nexport class Machine extends Shared {}\n",
    ],
    [
      'Machine does not extend AcmeMachine in this file',
      "import { loud } from './loud.js'\nexport class Machine extends loud(AcmeMachine) {}\n",
    ],
  ])('is left alone: %s', (why, source) => {
    expect(refusal(base + source)).toBe(why)
  })

  it('is left alone in a file that does not parse', () => {
    expect(refusal(`${base}export class Machine extends AcmeMachine {\n  a(\n}\n`)).toBe('the file does not parse')
  })

  it('is not missed where a file beside has the member that this one gives on', () => {
    const source = "export { Machine } from './mine.js'\n"
    const read = (module: string) => (module === './mine.js' ? 'export class Machine { start() {} }' : undefined)
    expect(insertStubs(source, [start], { read })).toEqual({ text: source })
    expect(insertStubs(source, [start, stub('stop')], { read }).refused?.stubs).toEqual([stub('stop')])
  })

  it('is left alone where nothing may be written, unless it has all', () => {
    const lacking = `${base}export class Machine extends AcmeMachine {}\n`
    const whole = `${base}export class Machine extends AcmeMachine { start() {} }\n`
    expect(insertStubs(lacking, [start], { hindrance: 'it is a link' }).refused?.why).toBe('it is a link')
    expect(insertStubs(whole, [start], { hindrance: 'it is a link' })).toEqual({ text: whole })
  })
})

describe('a member that is there already', () => {
  it.each([
    ['a method', 'start() {}'],
    ['an arrow function', 'start = async () => {}'],
    ['a getter', 'get start() { return 1 }'],
    ['a quoted name', "'start'() {}"],
    ['a computed name', "['start'] = 1"],
    ['a declared field', 'declare start: () => Promise<void>'],
    ['a parameter of the constructor', 'constructor(readonly start: () => Promise<void>) { super() }'],
  ])('is not written twice: %s', (_, member) => {
    const source = `${base}export class Machine extends AcmeMachine { ${member} }\n`
    expect(inserted(source)).toBe(source)
  })

  it.each([
    [
      'a parent in the file',
      'class Shared extends AcmeMachine { start() {} }\nexport class Machine extends Shared {}\n',
    ],
    [
      'a mixin in the file',
      'function loud(B) { return class extends B { start() {} } }\nexport class Machine extends loud(AcmeMachine) {}\n',
    ],
    [
      'beside a parent from another file',
      "import { Shared } from './shared.js'\nexport class Machine extends Shared { start() {} }\n",
    ],
  ])('is not written over: from %s', (_, source) => {
    expect(inserted(base + source)).toBe(base + source)
  })

  it('is not mistaken for a static or a private one', () => {
    const source = `${base}export class Machine extends AcmeMachine {\n  static start() {}\n  #start = 1\n}\n`
    expect(inserted(source)).toContain(written)
  })
})

describe('imports', () => {
  const needs = (...imports: Stub['imports']) => ({ ...start, imports })
  const info = { name: 'MachineInfo', from: 'kloud-gen/runtime', typeOnly: true }
  const text = { name: 'text', from: 'kloud-gen/runtime', typeOnly: false }
  const end = 'export class Machine extends AcmeMachine {}\n'

  it.each([
    ['after the last', `${base}\n${end}`, `${base}import type { MachineInfo } from 'kloud-gen/runtime'\n\n`],
    [
      'in the author’s quotes',
      `import { AcmeMachine } from "./machine.gen.js";\n\n${end}`,
      'import { AcmeMachine } from "./machine.gen.js";\nimport type { MachineInfo } from "kloud-gen/runtime";\n\n',
    ],
    [
      'after a comment on its line',
      `import a from 'a' // a\n${end}`,
      `import a from 'a' // a\nimport type { MachineInfo } from 'kloud-gen/runtime'\n`,
    ],
    [
      'after a comment of two lines',
      `import a from 'a' /* a\n b */\n${end}`,
      `import a from 'a' /* a\n b */\nimport type { MachineInfo } from 'kloud-gen/runtime'\n`,
    ],
    [
      'before code on its line',
      `import a from 'a'; ${end}`,
      `import a from 'a';\nimport type { MachineInfo } from 'kloud-gen/runtime';\n `,
    ],
    [
      'at the top, below the file’s own head',
      `// @ts-nocheck\n'use strict'\n\n/** Mine. */\n${end}`,
      `// @ts-nocheck\n'use strict'\n\nimport type { MachineInfo } from 'kloud-gen/runtime'\n\n/** Mine. */\n`,
    ],
  ])('go %s', (_, source, head) => {
    const result = inserted(source, needs(info))
    expect(result.slice(0, result.indexOf('export class'))).toBe(head)
  })

  it('are one line a module, types marked where values come along', () => {
    expect(inserted(base + end, needs(text, info), { ...stub('stop'), imports: [info] })).toContain(
      `${base}import { type MachineInfo, text } from 'kloud-gen/runtime'\n`,
    )
  })

  it.each([
    "import { type MachineInfo } from 'kloud-gen/runtime'",
    "import type { MachineInfo } from './elsewhere.js'",
    "import type { Info as MachineInfo } from './elsewhere.js'",
    "import MachineInfo from './elsewhere.js'",
  ])('are not repeated: %s', (line) => {
    const result = inserted(`${base}${line}\n${end}`, needs(info))
    expect(result.match(/MachineInfo/g)).toHaveLength(1)
  })

  it.each([
    ['MachineInfo means something else in the file', 'interface MachineInfo {}', info],
    ['text means something else in the file', 'const text = 1', text],
    ['text is imported as a type only', "import type { text } from 'kloud-gen/runtime'", text],
  ])('that cannot be had leave the file alone: %s', (why, line, wanted) => {
    expect(refusal(`${base}${line}\n${end}`, needs(wanted))).toBe(why)
  })
})

it('gives what to paste where it cannot insert', () => {
  const needs = { ...start, imports: [{ name: 'MachineInfo', from: 'kloud-gen/runtime', typeOnly: true }] }
  expect(insertStubs('export {}\n', [needs]).refused?.snippet).toBe(
    `import type { MachineInfo } from 'kloud-gen/runtime'\n// in class Machine:\n${written}`,
  )
})
