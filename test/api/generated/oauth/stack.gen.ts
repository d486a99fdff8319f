// test/api/generated/oauth/stack.gen.ts: from test/api/specs/oauth.yaml. Edit the spec, not this file.
import { BaseStack, HttpApi, oauth2ClientCredentials, text } from 'kloud-gen/runtime'
import type { Bootstrap, Credential } from './schema.gen.js'

/** How a stack is put together on OAuth. Extend it in `stack.ts`. */
export class OauthStack extends BaseStack<Credential, Bootstrap> {
  /** Asks OAuth for `/me`; the credential works if it answers. */
  override async verifyCredential(signal: AbortSignal): Promise<void> {
    const api = new HttpApi(
      {
        baseUrl: text`https://${this.credential.tenant}.example.com/v1`,
        auth: oauth2ClientCredentials({
          tokenUrl: text`https://auth.example.com/${this.credential.tenant}/token`,
          client: this.credential.client_id,
          secret: this.credential.client_secret,
          scope: 'compute.read',
        }),
      },
      this.wire,
    )
    await api.request('HEAD', '/me', { signal })
  }
}
