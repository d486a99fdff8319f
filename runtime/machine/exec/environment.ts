// In: the environment of this process, and what a spec adds. Out: the environment of a program that is run.
import { Secret } from '../../secret.js'

/** A value for an environment variable; undefined leaves it out. The place for secrets. */
export type EnvironmentValues = Readonly<Record<string, string | number | boolean | Secret | undefined>>

/** What programs need to find their files, their language and the network; everything else of this process is its own. */
const passedOn = new Set([
  'PATH',
  'HOME',
  'USER',
  'LOGNAME',
  'SHELL',
  'TERM',
  'TZ',
  'LANG',
  'LANGUAGE',
  'TMPDIR',
  'TMP',
  'TEMP',
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'NO_PROXY',
  'ALL_PROXY',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
  'NODE_EXTRA_CA_CERTS',
  // Windows
  'SYSTEMROOT',
  'SYSTEMDRIVE',
  'WINDIR',
  'COMSPEC',
  'PATHEXT',
  'APPDATA',
  'LOCALAPPDATA',
  'PROGRAMDATA',
  'PROGRAMFILES',
  'USERPROFILE',
])

/** The environment for a program: the allowed part of this process's own, and the spec's values. */
export function programEnvironment(
  values: EnvironmentValues,
  own: NodeJS.ProcessEnv = process.env,
): Record<string, string> {
  const environment: Record<string, string> = {}
  for (const [name, value] of Object.entries(own)) {
    const isAllowed = passedOn.has(name.toUpperCase()) || /^(?:LC|XDG)_/.test(name)
    if (isAllowed && value !== undefined) environment[name] = value
  }
  for (const [name, value] of Object.entries(values)) {
    if (value !== undefined) environment[name] = value instanceof Secret ? value.reveal() : String(value)
  }
  return environment
}
