// In: a machine's kite.key and where Kontrol is. Out: metadata.json, which Klient is started with.
import { createHash } from 'node:crypto'
import { isObject, type JsonObject } from '../json.js'

export interface MetadataOptions {
  kiteKey: string
  kontrolUrl: string
  klientUrl: string
  debug: boolean
  /** Names of folders that are shared, and where they are. */
  mounts: Readonly<Record<string, string>>
}

/** The content of metadata.json. */
export function klientMetadata(options: MetadataOptions): JsonObject {
  const { kiteKey, kontrolUrl, klientUrl, debug, mounts } = options
  const id = createHash('sha256').update(kontrolUrl).digest('hex').slice(0, 8)
  const konfig = {
    endpoints: { kontrol: { public: kontrolUrl }, klient: { public: klientUrl } },
    environment: 'managed',
    kiteKey,
    mount: { exports: { ...mounts } },
    publicBucketName: 'koding-klient',
    publicBucketRegion: 'us-east-1',
    debug,
  }
  return { 'konfig.konfig.konfigs': { [id]: konfig }, 'konfig.konfig.konfigs.used': { id } }
}

/** The kite.key in the content of metadata.json; nothing where it has none. */
export function kiteKeyIn(metadata: JsonObject): string | undefined {
  const used = objectAt(metadata, 'konfig.konfig.konfigs.used')?.id
  const konfigs = objectAt(metadata, 'konfig.konfig.konfigs')
  const konfig = konfigs && typeof used === 'string' ? objectAt(konfigs, used) : undefined
  const kiteKey = konfig?.kiteKey
  return typeof kiteKey === 'string' ? kiteKey : undefined
}

function objectAt(object: JsonObject, key: string): JsonObject | undefined {
  const value = Object.hasOwn(object, key) ? object[key] : undefined
  return isObject(value) ? value : undefined
}
