// generated/hetzner/api.gen.ts: from specs/hetzner.yaml. Edit the spec, not this file.
import type { ApiDescription } from 'kloud-gen/runtime'
import { states } from './machine.gen.js'

/** How the API of Hetzner Cloud is called: for the sandbox, which answers in its place. */
export default {
  baseUrl: 'https://api.hetzner.cloud/v1',
  auth: { headers: { authorization: 'Bearer ' } },
  error: { code: 'error.code', message: 'error.message' },
  verify: [{ call: 'GET /locations' }],
  info: { call: 'GET /servers/{metadata.server_id}', state: ['server.status'], states, missing: { status: [404] } },
  start: [
    {
      call: 'POST /servers/{metadata.server_id}/actions/poweron',
      gives: ['response.action.id'],
      wait: {
        call: 'GET /actions/{response.action.id}',
        fail: "action.status == 'error'",
        until: "action.status == 'success'",
      },
    },
  ],
  stop: [
    { call: 'POST /servers/{metadata.server_id}/actions/shutdown' },
    {
      call: 'POST /servers/{metadata.server_id}/actions/poweroff',
      gives: ['response.action.id'],
      wait: {
        call: 'GET /actions/{response.action.id}',
        fail: "action.status == 'error'",
        until: "action.status == 'success'",
      },
    },
  ],
} satisfies ApiDescription
