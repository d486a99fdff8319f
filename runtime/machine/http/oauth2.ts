// In: the id and secret of an OAuth 2 client. Out: an Auth by the tokens that it is given.
import { inputError } from '../../errors.js'
import { type Auth, asSecret, type CredentialText, textOf } from './auth.js'
import { tokenAuth } from './token.js'
import { azureTokenUrl } from './token-urls.js'

export interface OAuth2Client {
  /** Where tokens are given, such as `https://auth.example.com/token`. */
  tokenUrl: string
  client: CredentialText
  secret: CredentialText
  /** The scopes asked for, separated by spaces. */
  scope?: string | undefined
}

/**
 * OAuth 2 client credentials (RFC 6749, section 4.4), sent in the form.
 *
 * @throws KloudError (input) when the token endpoint is no URL
 */
export function oauth2ClientCredentials({ tokenUrl, client, secret, scope }: OAuth2Client): Auth | undefined {
  if (client === undefined || secret === undefined) return undefined
  if (!URL.canParse(tokenUrl)) throw inputError('the URL of the token endpoint is no URL: it begins with https://')
  const form = {
    grant_type: 'client_credentials',
    client_id: textOf(client),
    client_secret: textOf(secret),
    ...(scope === undefined ? {} : { scope }),
  }
  return tokenAuth([asSecret(secret)], (ask, signal) => ask(tokenUrl, form, signal))
}

export interface AzureClient {
  /** The id of the tenant, or one of its domains. */
  tenant: CredentialText
  /** The id of the application. */
  client: CredentialText
  secret: CredentialText
  /** `https://management.azure.com/.default` when not said. */
  scope?: string | undefined
}

/** Azure AD (Entra ID), with the secret of an application. */
export function azureAd({
  tenant,
  client,
  secret,
  scope = 'https://management.azure.com/.default',
}: AzureClient): Auth | undefined {
  if (tenant === undefined) return undefined
  const tokenUrl = azureTokenUrl(encodeURIComponent(textOf(tenant)))
  return oauth2ClientCredentials({ tokenUrl, client, secret, scope })
}
