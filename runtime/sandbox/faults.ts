// In: a fault as a flag writes it. Out: the fault that the sandbox plays when its turn comes.
import { inputError } from '../errors.js'
import { nearest } from '../nearest.js'

/** What can go wrong, and what a number says about it. */
const explanations = {
  'slow-create': 'a create takes longer, in milliseconds',
  'fail-create': 'a create is refused: nothing is made',
  'break-create': 'a create fails half way: what was made stays',
  'lose-answer': 'a create succeeds, and its answer does not arrive',
  'fail-delete': 'a delete is refused',
  vanish: 'a resource is gone when Terraform looks at it',
  throttle: 'the cloud answers "too many requests"',
  crash: 'the provider dies in the middle of a create',
  'stuck-action': 'an action on a machine never completes',
  'fail-action': 'an action on a machine fails: the machine stays as it was',
  'silent-klient': 'a machine runs, and its Klient never calls',
} as const

export type FaultKind = keyof typeof explanations

export const faultKinds = Object.keys(explanations).filter(isFaultKind)

/** What a kind of fault does, and what its amount says. */
export function explainFault(kind: FaultKind): string {
  return explanations[kind]
}

/** A fault on request. */
export interface Fault {
  kind: FaultKind
  /** Only for resources of this type. */
  type?: string | undefined
  /** What the kind's number says: milliseconds. */
  amount?: number | undefined
  /** How often it happens, at least once; once when not said. */
  times?: number | undefined
}

/**
 * Reads a fault: `KIND[:TYPE][=AMOUNT][*TIMES]`. Throws an input error that names the kinds.
 *
 * @example
 * parseFault('slow-create:digitalocean_droplet=2000*3')
 * // { kind: 'slow-create', type: 'digitalocean_droplet', amount: 2000, times: 3 }
 */
export function parseFault(text: string): Fault {
  const match = /^([a-z-]+)(?::([\w-]+))?(?:=(\d{1,9}))?(?:\*(\d{1,9}))?$/.exec(text)
  const [, kind = '', type, amount, times] = match ?? []
  if (match === null || !isFaultKind(kind) || numberOf(times) === 0) {
    const near = nearest(kind, faultKinds)
    throw inputError(`"${text}" is no fault`, {
      hint: `${near === undefined || near === kind ? '' : `did you mean ${near}? `}write KIND[:TYPE][=AMOUNT][*TIMES], with KIND one of ${faultKinds.join(', ')}, and TIMES at least 1`,
    })
  }
  return { kind, type, amount: numberOf(amount), times: numberOf(times) }
}

function isFaultKind(word: string): word is FaultKind {
  return Object.hasOwn(explanations, word)
}

function numberOf(digits: string | undefined): number | undefined {
  return digits === undefined ? undefined : Number(digits)
}
