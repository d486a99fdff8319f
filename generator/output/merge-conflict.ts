// In: a text that a merge may have left in conflict. Out: what each side of the merge had.

const opening = /^<{7}(?: |$)/
const base = /^\|{7}(?: |$)/
const middle = /^={7}$/
const closing = /^>{7}(?: |$)/

/** Whether a merge left its markers in the text. */
export function hasConflict(text: string): boolean {
  return /^<{7}(?: |\r?$)/m.test(text) && /^>{7}(?: |\r?$)/m.test(text)
}

/**
 * The two texts that git could not merge, as they were, or nothing where there is no conflict.
 *
 * @example conflictSides('<<<<<<< a\n1\n=======\n2\n>>>>>>> b\n') // ['1\n', '2\n']
 */
export function conflictSides(text: string): [string, string] | undefined {
  if (!hasConflict(text)) return undefined
  const ours: string[] = []
  const theirs: string[] = []
  let within: 'both' | 'ours' | 'base' | 'theirs' = 'both'
  for (const line of text.replaceAll('\r\n', '\n').split('\n')) {
    if (opening.test(line)) within = 'ours'
    else if (within === 'ours' && base.test(line)) within = 'base'
    else if (within !== 'both' && middle.test(line)) within = 'theirs'
    else if (closing.test(line)) within = 'both'
    else {
      if (within === 'both' || within === 'ours') ours.push(line)
      if (within === 'both' || within === 'theirs') theirs.push(line)
    }
  }
  return [ours.join('\n'), theirs.join('\n')]
}
