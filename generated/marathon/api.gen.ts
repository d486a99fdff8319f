// generated/marathon/api.gen.ts: from specs/marathon.yaml. Edit the spec, not this file.
import type { ApiDescription } from 'kloud-gen/runtime'
import { states } from './machine.gen.js'

/** How the API of Marathon is called: for the sandbox, which answers in its place. */
export default {
  baseUrl: '{}',
  error: { message: 'message' },
  verify: [{ call: 'GET /v2/info' }],
  info: {
    call: 'GET /v2/apps{+metadata.app_id}',
    state: [
      "app && (app.instances == `0` && (app.tasksRunning > `0` && 'stopping' || 'suspended') || app.tasksRunning > `0` && 'running' || app.deployments && 'deploying' || 'waiting')",
    ],
    states,
    missing: { status: [404] },
  },
  start: [{ call: 'PUT /v2/apps{+metadata.app_id}', body: { instances: 1 } }],
  stop: [{ call: 'PUT /v2/apps{+metadata.app_id}', body: { instances: 0 } }],
} satisfies ApiDescription
