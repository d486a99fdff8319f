// generated/example/life.gen.test.ts: from specs/example.yaml. Edit the spec, not this file.
import { missingTerraform, wholeLife } from 'kloud-gen/runtime'
import { expect, test } from 'vitest'
import provider from './index.js'

/** A stack of one machine. */
const template = {
  resource: {
    example_instance: {
      web: { name: 'web', run_script: '#!/bin/sh\necho "Hello, ${var.koding_user_username}" > /tmp/hello\n' },
    },
  },
}

test(`a first stack on ${provider.title} goes through its whole life in the sandbox`, async ({ skip }) => {
  const missing = await missingTerraform()
  skip(missing !== undefined, missing)
  expect(await wholeLife(provider, { template })).toEqual({
    machines: ['web'],
    complaints: [],
    unsettled: [],
    states: ['Stopped', 'Running'],
    second: ['second create', 'web none'],
    left: [],
  })
}, 60_000)
