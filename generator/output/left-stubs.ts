// In: an author's file and the methods that its spec does not ask for. Out: the stubs of them that are still there, and what to say.
import type { UnaskedStub } from './output-file.js'
import { bareText } from './stub/bare-text.js'

export interface LeftStubs {
  /** Ids of the stubs that nobody wrote, and that have no use any more. */
  ids: readonly string[]
  /** What there is to say, a sentence each. */
  remarks: readonly string[]
}

/**
 * Looks for methods of an author that the spec no longer asks for. A stub that is as it was given has to go, for it is in the
 * place of what works. What the author wrote in its place is a choice, and is told of once: when the spec ceases to ask for it.
 *
 * @param given ids of the stubs that the author was given until now
 */
export async function findLeftStubs(
  text: string,
  unasked: readonly UnaskedStub[],
  { given, spec }: { given: readonly string[]; spec: string },
): Promise<LeftStubs> {
  const bare = bareText(text)
  const traced = unasked.filter((stub) => given.includes(stub.id) || bare.includes(bareText(lastStatement(stub))))
  if (traced.length === 0) return { ids: [], remarks: [] }
  const { keptMembers } = await import('./stub/kept-members.js')
  const { untouched, written } = keptMembers(text, traced)
  const left = traced.filter(({ id }) => untouched.has(id))
  const own = traced.filter(({ id }) => written.has(id) && given.includes(id))
  return {
    ids: left.map(({ id }) => id),
    remarks: [...left.map((stub) => whyLeft(stub, spec)), ...own.map((stub) => whyOwn(stub, spec))],
  }
}

/** What the stub alone says. To look for it in a text is quicker than to parse that. */
function lastStatement({ text }: UnaskedStub): string {
  return text.split('\n').at(-2) ?? text
}

function whyLeft({ member, generated }: UnaskedStub, spec: string): string {
  return generated
    ? `${member}() in it is still an unwritten stub, and hides the one that ${spec} now gives: delete the method, then generate`
    : `${member}() in it is still an unwritten stub, and ${spec} does not ask for it any more: delete the method, then generate`
}

function whyOwn({ member, generated }: UnaskedStub, spec: string): string {
  return generated
    ? `${spec} now gives ${member}(), and yours is used in its place: delete the method if you have no use for it`
    : `${spec} does not ask for ${member}() any more, and yours is still used: delete the method if you have no use for it`
}
