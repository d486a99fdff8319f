// In: the content of a JSON file and the parts of it that are known. Out: a secret whose parts can be used.
import { Secret } from '../secret.js'

/**
 * A file that holds JSON, such as a cloud's service account key. The whole is never printed; its parts are as secret as the spec says.
 *
 * @example
 * credential.credentials.json.project_id // 'acme-1234'
 * credential.credentials.reveal()        // '{"type": "service_account", …'
 */
export class JsonFile<Parts> extends Secret<string> {
  /** The parts that the spec names. */
  readonly json: Parts

  constructor(content: string, parts: Parts) {
    super(content)
    this.json = parts
  }
}
