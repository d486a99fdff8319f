// A line that is being written, piece by piece, and the room that is left on it.
import { widthOf } from '../../runtime/text-width.js'

/** Text on one line. Each piece is measured once, when it comes. */
export class Line {
  text = ''
  #room: number

  /** @param room how many columns there are */
  constructor(room: number) {
    this.#room = room
  }

  /** Adds a piece, and marks before it. Returns whether all that was added fits. */
  add(piece: string, marks = ''): boolean {
    this.text += marks + piece
    this.#room -= marks.length + widthOf(piece)
    return this.#room >= 0
  }

  /** Adds marks, each of one column. Returns whether all that was added fits. */
  mark(marks: string): boolean {
    this.text += marks
    this.#room -= marks.length
    return this.#room >= 0
  }
}
