// generated/softlayer/api.gen.ts: from specs/softlayer.yaml. Edit the spec, not this file.
import type { ApiDescription } from 'kloud-gen/runtime'
import { states } from './machine.gen.js'

/** How the API of IBM Cloud Classic (SoftLayer) is called: for the sandbox, which answers in its place. */
export default {
  baseUrl: 'https://api.softlayer.com/rest/v3.1',
  auth: { headers: { authorization: 'Basic ' } },
  error: { code: 'code', message: 'error' },
  verify: [{ call: 'GET /SoftLayer_Account/getObject.json' }],
  info: {
    call: 'GET /SoftLayer_Virtual_Guest/{metadata.guest_id}/getPowerState.json',
    state: ['keyName'],
    states,
    missing: { error: ['SoftLayer_Exception_ObjectNotFound'] },
  },
  start: [
    { call: 'GET /SoftLayer_Virtual_Guest/{metadata.guest_id}/resume.json', expect: '@', when: "word == 'PAUSED'" },
    { call: 'GET /SoftLayer_Virtual_Guest/{metadata.guest_id}/powerOn.json', expect: '@' },
  ],
  stop: [
    { call: 'GET /SoftLayer_Virtual_Guest/{metadata.guest_id}/powerOffSoft.json', expect: '@' },
    { call: 'GET /SoftLayer_Virtual_Guest/{metadata.guest_id}/powerOff.json', expect: '@' },
  ],
} satisfies ApiDescription
