// test/api/generated/steps/api.gen.ts: from test/api/specs/steps.yaml. Edit the spec, not this file.
import type { ApiDescription } from 'kloud-gen/runtime'
import { states } from './machine.gen.js'

/** How the API of Steps is called: for the sandbox, which answers in its place. */
export default {
  baseUrl: 'https://api.example.com:{}/v1',
  auth: { headers: { 'x-key': '', 'x-port': '' } },
  error: { code: 'error.code' },
  verify: [
    { call: 'GET /session', gives: ['response.user.id', 'response.session'] },
    { call: 'GET /users/{response.user.id}', query: { session: '{response.session}' } },
  ],
  info: {
    call: 'POST /servers/query',
    body: { ids: ['{metadata.id}'] },
    state: ['servers[0].power', 'servers[0].status'],
    states,
    missing: { status: [404, 410], error: ['gone'], empty: true },
    metadata: { address: 'servers[0].ip', cpus: 'servers[0].cpus', locked: 'servers[0].locked' },
  },
  start: [
    {
      call: 'POST /locks',
      body: { server: '{metadata.id}' },
      expect: 'token',
      gives: ['response.token', 'response.at', 'response.id', 'headers.etag'],
    },
    {
      call: 'POST /servers/{metadata.id}/boot',
      body: { lock: { token: '{response.token}', by: 'kloud-{response.id}' }, tag: '{headers.etag}' },
      expect: 'id == $response.id',
      gives: ['headers.location'],
      wait: {
        call: 'GET {headers.location}',
        fail: "state == 'failed'",
        until: "state == 'done' && id == $response.id",
      },
    },
  ],
  stop: [
    { call: 'POST /servers/{metadata.id}/warn' },
    {
      call: 'DELETE /servers/{metadata.id}/power',
      query: { force: 'true' },
      wait: { call: 'GET /servers/{metadata.id}/queue', until: 'length(items) == `0`' },
    },
  ],
  restart: [
    {
      call: 'POST /servers/{metadata.id}/drain',
      body: { reason: 'restart' },
      wait: { call: 'GET /servers/{metadata.id}/queue', until: 'length(items) == `0`' },
    },
    {
      call: 'PATCH /servers/{metadata.id}',
      body: { generation: 2 },
      gives: ['response.generation'],
      wait: { call: 'GET /generations/{response.generation}', until: 'ready' },
    },
  ],
} satisfies ApiDescription
