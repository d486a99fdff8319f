// generated/digitalocean/api.gen.ts: from specs/digitalocean.yaml. Edit the spec, not this file.
import type { ApiDescription } from 'kloud-gen/runtime'
import { states } from './machine.gen.js'

/** How the API of DigitalOcean is called: for the sandbox, which answers in its place. */
export default {
  baseUrl: 'https://api.digitalocean.com/v2',
  auth: { headers: { authorization: 'Bearer ' } },
  error: { message: 'message' },
  verify: [{ call: 'GET /account' }],
  info: { call: 'GET /droplets/{metadata.droplet_id}', state: ['droplet.status'], states, missing: { status: [404] } },
  start: [
    {
      call: 'POST /droplets/{metadata.droplet_id}/actions',
      body: { type: 'power_on' },
      gives: ['response.action.id'],
      wait: {
        call: 'GET /actions/{response.action.id}',
        fail: "action.status == 'errored'",
        until: "action.status == 'completed'",
      },
    },
  ],
  stop: [
    { call: 'POST /droplets/{metadata.droplet_id}/actions', body: { type: 'shutdown' } },
    {
      call: 'POST /droplets/{metadata.droplet_id}/actions',
      body: { type: 'power_off' },
      gives: ['response.action.id'],
      wait: {
        call: 'GET /actions/{response.action.id}',
        fail: "action.status == 'errored'",
        until: "action.status == 'completed'",
      },
    },
  ],
} satisfies ApiDescription
