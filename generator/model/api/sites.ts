// The places of a call in which expressions stand, and how each is compiled.

import type { AnswerOf } from '../../emit/code.js'
import { type Root, type Site, scopeOf } from '../../spec/expression/scope.js'
import type { Spec } from '../../spec/spec.js'
import { type Asking, answerAccess, linkAccess, machineAccess, outputAccess } from '../access.js'
import type { CompileSite } from '../compile.js'
import { programName } from './transport.js'

/** The places of one call. */
export class CallSites {
  readonly #spec: Spec
  readonly #roots: Readonly<Record<string, Root>>
  readonly #of: AnswerOf
  readonly #method: 'verify' | 'machine'

  /**
   * @param answered whether there is an answer that the call can use: in a wait, or after another step
   * @param of whose answer that is
   */
  constructor(spec: Spec, answered: boolean, method: 'verify' | 'machine' = 'machine', of: AnswerOf = 'before') {
    const site: Site = method === 'verify' ? (answered ? 'verifyResponse' : 'verify') : answered ? 'response' : 'method'
    this.#spec = spec
    this.#roots = scopeOf(spec, site)
    this.#of = of
    this.#method = method
  }

  get program(): string {
    return programName(this.#spec.api?.exec?.program ?? '')
  }

  get isSdk(): boolean {
    return this.#spec.api?.sdk !== undefined
  }

  get isExec(): boolean {
    return this.#spec.api?.exec !== undefined
  }

  /** The places of the call that this call's step waits with. */
  get wait(): CallSites {
    return new CallSites(this.#spec, true, this.#method, 'own')
  }

  /** The path of a request, and the arguments of a program: values must be there. */
  get path(): CompileSite {
    return this.#site(linkAccess(this.#of), {})
  }

  /** Parameters, headers and the like: a value that stands alone may be absent. */
  get words(): CompileSite {
    return this.#site(answerAccess(this.#of, 'require'), this.#alone('text'))
  }

  /** A body: a value that stands alone may be anything. */
  get body(): CompileSite {
    return this.#site(answerAccess(this.#of, 'require'), this.#alone('value'))
  }

  /** The input of a cloud's own client, which knows no secrets of ours. */
  get input(): CompileSite {
    return { ...this.#site(outputAccess(this.#of), {}), clear: true }
  }

  #alone(asking: Asking): CompileSite['access'] {
    return answerAccess(this.#of, asking)
  }

  #site(answers: CompileSite['access'], alone: CompileSite['access']): CompileSite {
    return { roots: this.#roots, access: { ...machineAccess, ...answers }, alone }
  }
}
