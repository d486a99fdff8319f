// In: text of a spec. Out: what a real YAML language server says of it, as an editor would hear it over stdio.
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { isObject } from '../../runtime/json.js'

/** Where something is, as editors count: from 0. */
export interface Position {
  line: number
  character: number
}

export interface EditorDiagnostic {
  message: string
  range: { start: Position; end: Position }
}

export interface Completion {
  label: string
  documentation: string
}

/** A client of `yaml-language-server`. */
export class LanguageClient {
  readonly #server: ChildProcessWithoutNullStreams
  readonly #answers = new Map<number, (result: unknown) => void>()
  readonly #published = new Map<string, (found: EditorDiagnostic[]) => void>()
  #received = Buffer.alloc(0)
  #last = 0

  private constructor() {
    const server = createRequire(import.meta.url).resolve('yaml-language-server/out/server/src/server.js')
    this.#server = spawn(process.execPath, [server, '--stdio'])
    this.#server.stdout.on('data', (data: Buffer) => this.#receive(data))
  }

  /** Starts a server. */
  static async start(): Promise<LanguageClient> {
    const client = new LanguageClient()
    await client.#request('initialize', { processId: process.pid, rootUri: null, capabilities: {} })
    client.#send({ method: 'initialized', params: {} })
    return client
  }

  /** Opens a document and waits for what the server says is wrong with it. */
  open(path: string, text: string): Promise<EditorDiagnostic[]> {
    const uri = pathToFileURL(path).href
    const found = new Promise<EditorDiagnostic[]>((resolve) => this.#published.set(uri, resolve))
    this.#send({
      method: 'textDocument/didOpen',
      params: { textDocument: { uri, languageId: 'yaml', version: 1, text } },
    })
    return found
  }

  /** What could be written at a place of an open document. */
  async complete(path: string, position: Position): Promise<Completion[]> {
    const result = await this.#request('textDocument/completion', {
      textDocument: { uri: pathToFileURL(path).href },
      position,
    })
    const items = isObject(result) ? result.items : result
    return Array.isArray(items) ? items.map(completionOf) : []
  }

  /** What is shown of the word at a place. */
  async hover(path: string, position: Position): Promise<string> {
    const result = await this.#request('textDocument/hover', {
      textDocument: { uri: pathToFileURL(path).href },
      position,
    })
    return isObject(result) && isObject(result.contents) ? String(result.contents.value) : ''
  }

  stop(): void {
    this.#server.kill()
  }

  #request(method: string, params: object): Promise<unknown> {
    const id = ++this.#last
    const answer = new Promise<unknown>((resolve) => this.#answers.set(id, resolve))
    this.#send({ id, method, params })
    return answer
  }

  #send(message: object): void {
    const body = Buffer.from(JSON.stringify({ jsonrpc: '2.0', ...message }))
    this.#server.stdin.write(`Content-Length: ${body.length}\r\n\r\n`)
    this.#server.stdin.write(body)
  }

  #receive(data: Buffer): void {
    this.#received = Buffer.concat([this.#received, data])
    for (;;) {
      const end = this.#received.indexOf('\r\n\r\n')
      const length = Number(/Content-Length: (\d+)/i.exec(this.#received.subarray(0, end).toString())?.[1])
      if (end === -1 || this.#received.length < end + 4 + length) return
      const message: unknown = JSON.parse(this.#received.subarray(end + 4, end + 4 + length).toString())
      this.#received = this.#received.subarray(end + 4 + length)
      if (isObject(message)) this.#hear(message)
    }
  }

  #hear({ id, method, params, result }: Record<string, unknown>): void {
    if (method === 'textDocument/publishDiagnostics' && isObject(params)) {
      const found = Array.isArray(params.diagnostics) ? params.diagnostics : []
      this.#published.get(String(params.uri))?.(found)
    } else if (typeof id === 'number' && method === undefined) {
      this.#answers.get(id)?.(result)
      this.#answers.delete(id)
    } else if (id !== undefined) this.#send({ id, result: null })
  }
}

function completionOf(item: unknown): Completion {
  if (!isObject(item)) return { label: '', documentation: '' }
  const { label, documentation } = item
  return {
    label: String(label),
    documentation: String(isObject(documentation) ? documentation.value : (documentation ?? '')),
  }
}
