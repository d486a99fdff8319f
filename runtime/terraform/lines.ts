// In: pieces of a program's output. Out: its lines, whole, however the pieces were cut.
import { StringDecoder } from 'node:string_decoder'

/** Puts lines together: half lines, halves of a letter, and lines of many megabytes in many pieces. */
export class LineReader {
  readonly #onLine: (line: string) => void
  readonly #decoder = new StringDecoder('utf8')
  #pieces: string[] = []

  constructor(onLine: (line: string) => void) {
    this.#onLine = onLine
  }

  push(bytes: Buffer): void {
    const [first = '', ...others] = this.#decoder.write(bytes).split('\n')
    this.#pieces.push(first)
    for (const piece of others) {
      this.#flush()
      this.#pieces.push(piece)
    }
  }

  /** The end of the output: what is left is a line, too. */
  end(): void {
    this.#pieces.push(this.#decoder.end())
    this.#flush()
  }

  #flush(): void {
    const line = this.#pieces.join('').replace(/\r$/, '')
    this.#pieces = []
    if (line !== '') this.#onLine(line)
  }
}
