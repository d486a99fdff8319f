// The shape of a transport: how calls reach a cloud, and how they are authorised.
import { array, boolean, type infer as Infer, optional, record, strictObject, string, union, unknown } from 'zod/mini'
import { documented } from './documented.js'

/** Values by name, each of which may hold expressions. */
export const values = record(string(), unknown())

const authDefinition = strictObject({
  bearer: documented(optional(string()), 'A token in the Authorization header.', '${{ credential.access_token }}'),
  basic: documented(
    optional(
      strictObject({
        username: documented(string(), 'The user name.', '${{ credential.username }}'),
        password: documented(string(), 'The password or key.', '${{ credential.api_key }}'),
      }),
    ),
    'A user name and a password in the Authorization header.',
    { username: '${{ credential.username }}', password: '${{ credential.api_key }}' },
  ),
  header: documented(optional(record(string(), string())), 'Headers that carry the credential.', {
    'X-Api-Key': '${{ credential.key }}',
  }),
  query: documented(
    optional(record(string(), string())),
    'Parameters of the query that carry the credential; never logged.',
    { key: '${{ credential.key }}' },
  ),
  oauth2: documented(
    optional(
      strictObject({
        tokenUrl: documented(string(), 'Where a token is had.', 'https://auth.example.com/token'),
        client: documented(string(), 'The id of the client.', '${{ credential.client_id }}'),
        secret: documented(string(), 'The secret of the client.', '${{ credential.client_secret }}'),
        scope: documented(optional(string()), 'The scopes asked for, separated by spaces.', 'compute.read'),
      }),
    ),
    'OAuth 2 client credentials; the token is kept until it expires.',
    { tokenUrl: 'https://auth.example.com/token', client: '${{ credential.id }}', secret: '${{ credential.secret }}' },
  ),
  googleServiceAccount: documented(
    optional(
      strictObject({
        key: documented(string(), "The service account's key file, as JSON.", '${{ credential.credentials }}'),
        scopes: documented(array(string()), 'The scopes asked for.', ['https://www.googleapis.com/auth/compute']),
      }),
    ),
    'A Google service account: a signed JWT is exchanged for a token.',
    { key: '${{ credential.credentials }}', scopes: ['https://www.googleapis.com/auth/compute'] },
  ),
  azureAd: documented(
    optional(
      strictObject({
        tenant: documented(string(), 'The id of the tenant.', '${{ credential.tenant_id }}'),
        client: documented(string(), 'The id of the application.', '${{ credential.client_id }}'),
        secret: documented(string(), 'Its secret.', '${{ credential.client_secret }}'),
        scope: documented(string(), 'The scope asked for.', 'https://management.azure.com/.default'),
      }),
    ),
    'Azure AD (Entra ID) client credentials.',
    {
      tenant: '${{ credential.tenant_id }}',
      client: '${{ credential.client_id }}',
      secret: '${{ credential.client_secret }}',
      scope: 'https://management.azure.com/.default',
    },
  ),
})

export const httpDefinition = strictObject({
  baseUrl: documented(
    string(),
    'What the paths of calls are added to. https, or http on loopback.',
    'https://api.digitalocean.com/v2',
  ),
  allowHttp: documented(optional(boolean()), 'Allows plain http to other machines than this one.', true),
  auth: documented(
    optional(authDefinition),
    'How calls are authorised. Where an optional value is absent, nothing is sent.',
    { bearer: '${{ credential.access_token }}' },
  ),
  query: documented(optional(values), 'Parameters of every call; a step may give others.', {
    'api-version': '2024-07-01',
  }),
  headers: documented(optional(values), 'Headers of every call; a step may give others.', {
    Accept: 'application/json',
  }),
  error: documented(
    optional(
      union([
        string(),
        strictObject({
          code: documented(optional(string()), "The JMESPath of the error's code.", 'error.code'),
          message: documented(optional(string()), "The JMESPath of the error's text.", 'error.message'),
        }),
      ]),
    ),
    "Where the cloud's answers say what failed: a JMESPath, or one for the code and one for the message.",
    'message',
  ),
})

export const sdkDefinition = strictObject({
  package: documented(
    string(),
    "The npm package of the cloud's own client: a peer dependency, loaded when used.",
    '@aws-sdk/client-ec2',
  ),
  client: documented(string(), 'The name of the client class in it.', 'EC2Client'),
  config: documented(optional(values), 'What the client is made with.', { region: '${{ credential.region }}' }),
})

export const execDefinition = strictObject({
  program: documented(string(), 'The program, found on the PATH and run without a shell.', 'vagrant'),
  cwd: documented(optional(string()), 'The folder that it runs in.', '${{ metadata.directory }}'),
  env: documented(optional(values), 'Environment variables; the place for secrets.', {
    TOKEN: '${{ credential.token }}',
  }),
})

export type HttpInput = Infer<typeof httpDefinition>
export type AuthInput = Infer<typeof authDefinition>
