// In: `verify` of a provider's model. Out: the statements of `verifyCredential`.
import type { VerifyModel } from '../../model/api/model.js'
import { awaited, type Code, nameAnswers, type Statement, usesAnswer } from '../code.js'
import { printFlat } from '../print.js'
import { callCode } from './call.js'

/**
 * The statements that verify a credential.
 *
 * @param client code that makes the transport
 */
export function verifyStatements({ calls }: VerifyModel, client: Code): Statement[] {
  const [only, another] = calls
  const made = printFlat(client)
  if (only && !another && made !== undefined && made.length < 60)
    return [{ kind: 'do', code: awaited(callCode(only, made)) }]
  const codes = calls.map((model) => callCode(model, 'api'))
  const asked = codes.map((code, index): Statement => {
    const named = awaited(nameAnswers(code, { before: answerName(index - 1) }))
    const next = codes[index + 1]
    return next && usesAnswer(next, 'before')
      ? { kind: 'const', name: answerName(index), code: named }
      : { kind: 'do', code: named }
  })
  return [{ kind: 'const', name: 'api', code: client }, ...asked]
}

function answerName(index: number): string {
  return index === 0 ? 'answer' : `answer${index + 1}`
}
