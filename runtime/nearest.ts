// In: a name that does not exist, and those that do. Out: the one that was probably meant, for a "did you mean".

/**
 * The known name that is nearest to a wrong one, or nothing when none is near: at most a third of its letters differ.
 *
 * @example
 * nearest('acces_token', ['access_token', 'region']) // 'access_token'
 */
export function nearest(wrong: string, known: Iterable<string>): string | undefined {
  let best: string | undefined
  let fewest = Math.max(1, Math.floor(Math.min(wrong.length, 64) / 3)) + 1
  for (const name of known) {
    if (Math.abs(name.length - wrong.length) >= fewest) continue
    const edits = editsBetween(wrong.toLowerCase(), name.toLowerCase())
    if (edits < fewest) {
      best = name
      fewest = edits
    }
  }
  return best
}

/** `; did you mean x?` when a known name is near, and nothing otherwise: to be put behind a message. */
export function didYouMean(wrong: string, known: Iterable<string>): string {
  const name = nearest(wrong, known)
  return name === undefined ? '' : `; did you mean ${name}?`
}

/** How many letters must be added, removed, replaced or swapped with their neighbour. */
function editsBetween(left: string, right: string): number {
  let beforePrevious: number[] = []
  let previous = Array.from({ length: right.length + 1 }, (_, index) => index)
  for (let row = 1; row <= left.length; row++) {
    const current = [row]
    for (let column = 1; column <= right.length; column++) {
      const same = left[row - 1] === right[column - 1]
      let edits = Math.min(
        (previous[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (previous[column - 1] ?? 0) + (same ? 0 : 1),
      )
      const swapped =
        row > 1 && column > 1 && left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1]
      if (swapped) edits = Math.min(edits, (beforePrevious[column - 2] ?? 0) + 1)
      current.push(edits)
    }
    beforePrevious = previous
    previous = current
  }
  return previous[right.length] ?? 0
}
