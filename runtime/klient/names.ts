// In: an account's nickname, as its owner typed it. Out: the same as a unix user's name, and as a host's.

/** Names that a system, or cloud-init itself, gives a meaning of its own. */
const reserved: ReadonlySet<string> = new Set([
  'adm',
  'admin',
  'backup',
  'bin',
  'daemon',
  'default',
  'games',
  'kmem',
  'lp',
  'mail',
  'man',
  'messagebus',
  'news',
  'nobody',
  'none',
  'nogroup',
  'operator',
  'proxy',
  'root',
  'shadow',
  'sshd',
  'staff',
  'sudo',
  'sync',
  'sys',
  'syslog',
  'tty',
  'users',
  'utmp',
  'uucp',
  'wheel',
  'www-data',
])

/** Linux allows 32 characters in a user's name. */
const USER_LENGTH = 32
/** A label of a host's name has at most 63 characters (RFC 1123). */
const HOST_LENGTH = 63
/** What a nickname becomes of which nothing is left. */
const NAMELESS = 'koding'

/**
 * The name of the machine's user: small letters, digits, `-` and `_`, beginning with a letter, at most 32 characters, and none
 * that a system has already (`root` becomes `root-user`).
 *
 * @example
 * unixName('José.42')  // 'jose-42'
 * unixName('42cats')   // 'u42cats'
 */
export function unixName(nickname: string): string {
  const name = plain(nickname, /[^a-z0-9_-]+/g) || NAMELESS
  const begun = /^[a-z]/.test(name) ? name : `u${name}`
  const cut = begun.slice(0, USER_LENGTH).replace(/[-_]+$/, '')
  return reserved.has(cut) || cut.startsWith('systemd-') ? `${cut.slice(0, USER_LENGTH - 5)}-user` : cut
}

/**
 * The machine's hostname: small letters, digits and `-`, at most 63 characters.
 *
 * @example
 * hostName('Some_One')  // 'some-one'
 */
export function hostName(nickname: string): string {
  return (
    plain(nickname, /[^a-z0-9-]+/g)
      .slice(0, HOST_LENGTH)
      .replace(/-+$/, '') || NAMELESS
  )
}

/** In small letters without accents; what `other` matches becomes a dash, and none is left at either end. */
function plain(nickname: string, other: RegExp): string {
  const letters = nickname.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
  return letters.replace(other, '-').replace(/^[-_]+|[-_]+$/g, '')
}
