// generated/google/api.gen.ts: from specs/google.yaml. Edit the spec, not this file.
import type { ApiDescription } from 'kloud-gen/runtime'
import { states } from './machine.gen.js'

/** How the API of Google Cloud is called: for the sandbox, which answers in its place. */
export default {
  baseUrl: 'https://compute.googleapis.com/compute/v1',
  auth: { headers: { authorization: 'Bearer ' }, tokenUrl: 'https://oauth2.googleapis.com/token' },
  error: { message: 'error.message' },
  verify: [{ call: 'GET /projects/{}/regions/{}' }],
  info: {
    call: 'GET /projects/{metadata.project}/zones/{metadata.zone}/instances/{metadata.name}',
    state: ['status'],
    states,
    missing: { status: [404] },
  },
  start: [
    {
      call: 'POST /projects/{metadata.project}/zones/{metadata.zone}/instances/{metadata.name}/resume',
      when: "word == 'SUSPENDED'",
      gives: ['response.name'],
      wait: {
        call: 'GET /projects/{metadata.project}/zones/{metadata.zone}/operations/{response.name}',
        fail: 'error',
        until: "status == 'DONE'",
      },
    },
    {
      call: 'POST /projects/{metadata.project}/zones/{metadata.zone}/instances/{metadata.name}/start',
      gives: ['response.name'],
      wait: {
        call: 'GET /projects/{metadata.project}/zones/{metadata.zone}/operations/{response.name}',
        fail: 'error',
        until: "status == 'DONE'",
      },
    },
  ],
  stop: [
    {
      call: 'POST /projects/{metadata.project}/zones/{metadata.zone}/instances/{metadata.name}/stop',
      gives: ['response.name'],
      wait: {
        call: 'GET /projects/{metadata.project}/zones/{metadata.zone}/operations/{response.name}',
        fail: 'error',
        until: "status == 'DONE'",
      },
    },
  ],
} satisfies ApiDescription
