// test/api/generated/oauth/api.gen.ts: from test/api/specs/oauth.yaml. Edit the spec, not this file.
import type { ApiDescription } from 'kloud-gen/runtime'

/** How the API of OAuth is called: for the sandbox, which answers in its place. */
export default {
  baseUrl: 'https://{}.example.com/v1',
  auth: { headers: { authorization: 'Bearer ' }, tokenUrl: 'https://auth.example.com/{}/token' },
  verify: [{ call: 'HEAD /me' }],
} satisfies ApiDescription
