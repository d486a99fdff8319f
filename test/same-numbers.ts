// In CI property tests use the same numbers every time, so that what is red is red because of the change; elsewhere they look further.
if (process.env.CI) {
  const { configureGlobal } = await import('fast-check')
  configureGlobal({ seed: 20261123 })
}

export {}
