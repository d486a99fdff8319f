// In: the machine's user and where Klient is downloaded from. Out: the script that puts Klient on the machine.
import { inputError } from '../../errors.js'
import { quoteForShell } from '../expressions/quote.js'
import render from './provision.sh.hbs'

export interface ProvisionScriptOptions {
  /** The name of the machine's user. */
  user: string
  klientUrl: string
  /** Of what is downloaded, in hexadecimal. */
  klientSha256?: string | undefined
}

/**
 * A POSIX shell script that installs and starts Klient, and then runs `/var/lib/koding/user-data.sh` if there is one.
 *
 * @throws KloudError where the checksum is not one of SHA-256
 */
export function provisionScript({ user, klientUrl, klientSha256 = '' }: ProvisionScriptOptions): string {
  if (klientSha256 !== '' && !/^[0-9a-f]{64}$/i.test(klientSha256)) {
    throw inputError('klient.sha256 is not a SHA-256: give 64 hexadecimal digits')
  }
  return render({
    user: quoteForShell(user),
    klientUrl: quoteForShell(klientUrl),
    klientSha256: quoteForShell(klientSha256.toLowerCase()),
  })
}
