// In: this process's environment. Out: the part of it that Terraform gets, and what Kloud adds.
import { devNull } from 'node:os'

export interface EnvironmentOptions {
  from?: Readonly<NodeJS.ProcessEnv>
  /** Terraform's own configuration file. By default none: the machine's may name a missing file, or keep things that a stack must not see. */
  configFile?: string | undefined
  /** A folder in which providers are kept for all stacks. */
  pluginCache?: string | undefined
  /** Added last: variables' values, and where providers are served. */
  extra?: Readonly<Record<string, string>>
}

/** What Terraform and its providers need of a machine. Not among them: clouds' credentials, which come from Kloud, and `TF_LOG`, which would print them. */
const passed = [
  'PATH', 'HOME', 'USER', 'LOGNAME', 'TMPDIR', 'TEMP', 'TMP', 'TZ', 'LANG', 'LC_ALL', 'LC_CTYPE',
  'HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'ALL_PROXY', 'http_proxy', 'https_proxy', 'no_proxy', 'all_proxy',
  'SSL_CERT_FILE', 'SSL_CERT_DIR', 'SSH_AUTH_SOCK', 'GIT_SSH', 'GIT_SSH_COMMAND', 'GIT_SSL_CAINFO',
  'SYSTEMROOT', 'SystemRoot', 'APPDATA', 'LOCALAPPDATA', 'USERPROFILE', 'PATHEXT', 'COMSPEC',
  'TF_REGISTRY_CLIENT_TIMEOUT', 'TF_REGISTRY_DISCOVERY_RETRY',
] // biome-ignore format: a table

/** Tokens for registries of modules and providers: `TF_TOKEN_app_terraform_io`. */
const passedPrefix = 'TF_TOKEN_'

/** The environment for Terraform. */
export function terraformEnvironment(options: EnvironmentOptions = {}): Record<string, string> {
  const { from = process.env, configFile, pluginCache, extra = {} } = options
  const environment: Record<string, string> = {}
  for (const [name, value] of Object.entries(from)) {
    if (value !== undefined && (passed.includes(name) || name.startsWith(passedPrefix))) environment[name] = value
  }
  environment.TF_IN_AUTOMATION = '1'
  environment.TF_INPUT = '0'
  environment.CHECKPOINT_DISABLE = '1'
  environment.TF_CLI_CONFIG_FILE = configFile ?? from.KLOUD_TERRAFORM_CONFIG ?? devNull
  if (pluginCache !== undefined) {
    environment.TF_PLUGIN_CACHE_DIR = pluginCache
    // Without it, a stack's first init fetches again what the cache holds. The price: the lock file knows the sums of this platform only.
    environment.TF_PLUGIN_CACHE_MAY_BREAK_DEPENDENCY_LOCK_FILE = '1'
  }
  return { ...environment, ...extra }
}
