// What a Klient is put on machines with: what all machines of a stack share, and what each has of its own.
import type { JsonObject } from '../json.js'

/** How a machine gets its user data: read by cloud-init, unpacked by what makes the machine (Vagrant), or just Klient's metadata (a container). */
export type UserDataFormat = 'cloudConfig' | 'provisionData' | 'metadata'

/** What is done to user data on its way: `['base64']`, or `['gzip', 'base64']`. */
export type UserDataEncoding = readonly ('gzip' | 'base64')[]

/** What the machines of one provider in one stack share. Texts are plain, not templates. */
export interface KlientOptions {
  account: {
    /** Names the machine's user and host; may hold any characters. */
    nickname: string
  }
  /** Where Klient finds Kontrol. */
  kontrolUrl: string
  klient: {
    /** Where a gzipped Klient is downloaded from. */
    url: string
    /** Of what is downloaded, in hexadecimal; not checked when not said. */
    sha256?: string | undefined
  }
  /** `cloudConfig` when not said. */
  format?: UserDataFormat | undefined
  /** None when not said. */
  encoding?: UserDataEncoding | undefined
  /** The most that the cloud takes, in bytes, counted before base64 and after gzip; no limit when not said. */
  limit?: number | undefined
  /**
   * The text that an expression comes to (`var.size`, `local.name`), or one as long, to count sizes with; nothing where it is
   * not known before Terraform runs.
   */
  resolve?: ((expression: string) => string | undefined) | undefined
  /** The template's data sources, by type and name: they tell whether a `cloudinit_config` can be used. */
  data?: JsonObject | undefined
}

/** One machine resource; with `count` or `for_each`, all its instances at once. */
export interface MachineUserData {
  /** What errors call it: `digitalocean_droplet.web`. */
  name: string
  /** The user's own, as the template has it. */
  userData?: string | undefined
  /** The kite.key: an expression such as `${lookup(var.kitekeys_web, count.index)}`, or the key itself. */
  kiteKey: string
  /** How long the key is, in characters; 1,500 when not said. */
  kiteKeyLength?: number | undefined
  /** Its name, as a template's text; the account's nickname when not said. */
  hostname?: string | undefined
  /** `koding_debug`. */
  debug?: boolean | undefined
  /** `koding_mounts`: names of folders that are shared, and where they are. */
  mounts?: Readonly<Record<string, string>> | undefined
}

/** A machine's user data. */
export interface ProvisionedUserData {
  /** The field's text, which may hold expressions. */
  value: string
  /** Counts its size as the cloud does, in bytes, as far as it is known. */
  bytes(): number
  /** What the user should know, one sentence each. */
  warnings: readonly string[]
}
