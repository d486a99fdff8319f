// generated/azure/api.gen.ts: from specs/azure.yaml. Edit the spec, not this file.
import type { ApiDescription } from 'kloud-gen/runtime'
import { states } from './machine.gen.js'

/** How the API of Microsoft Azure is called: for the sandbox, which answers in its place. */
export default {
  baseUrl: 'https://management.azure.com',
  auth: { headers: { authorization: 'Bearer ' }, tokenUrl: 'https://login.microsoftonline.com/{}/oauth2/v2.0/token' },
  error: { code: 'error.code', message: 'error.message' },
  verify: [{ call: 'GET /subscriptions/{}', query: { 'api-version': '2022-12-01' } }],
  info: {
    call: 'GET {+metadata.vm_id}/instanceView',
    state: [
      "statuses[?starts_with(code, 'ProvisioningState/')].code | [0]",
      "statuses[?starts_with(code, 'PowerState/')].code | [0]",
    ],
    states,
    missing: { error: ['ResourceNotFound', 'ResourceGroupNotFound'] },
  },
  start: [
    {
      call: 'POST {+metadata.vm_id}/start',
      gives: ['headers.azure-asyncoperation'],
      wait: {
        call: 'GET {headers.azure-asyncoperation}',
        fail: "status == 'Failed' || status == 'Canceled'",
        until: "status == 'Succeeded'",
      },
    },
  ],
  stop: [
    {
      call: 'POST {+metadata.vm_id}/deallocate',
      gives: ['headers.azure-asyncoperation'],
      wait: {
        call: 'GET {headers.azure-asyncoperation}',
        fail: "status == 'Failed' || status == 'Canceled'",
        until: "status == 'Succeeded'",
      },
    },
  ],
} satisfies ApiDescription
