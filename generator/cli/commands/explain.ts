// `kloud-gen explain`: what a diagnostic means, with an example.
import { defineCommand } from '../../../runtime/cli/command.js'
import { nearest } from '../../../runtime/nearest.js'
import { GeneratorError } from '../../errors.js'
import { codes } from '../../spec/codes.js'
import { explanations, isCode } from '../../spec/explanations.js'

export const explain = defineCommand({
  about: 'say what a diagnostic means, with an example',
  words: 'CODE',
  count: [1, 1],
  options: {},
  examples: [['kloud-gen explain KG072', 'an unknown name in an expression']],
  run({ options, words, output }) {
    const code = (words[0] ?? '').toUpperCase()
    if (!isCode(code)) {
      const near = nearest(code, Object.keys(codes))
      throw new GeneratorError(
        `there is no diagnostic ${words[0]}: ${near ? `did you mean ${near}?` : 'codes run from KG001'}`,
        { exit: 2 },
      )
    }
    const { meaning, wrong, right } = explanations[code]
    if (options.json) output.out(`${JSON.stringify({ code, title: codes[code], meaning, wrong, right })}\n`)
    else {
      output.out(`${code}: ${codes[code]}\n\n${meaning}\n`)
      if (wrong !== undefined) output.out(`\nWrong:\n\n${indent(wrong)}\n`)
      if (right !== undefined) output.out(`\nRight:\n\n${indent(right)}\n`)
    }
    return 0
  },
})

function indent(text: string): string {
  return text.replace(/^(?=.)/gm, '    ')
}
