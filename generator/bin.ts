#!/usr/bin/env node
// The executable `kloud-gen`. Its version is told before anything is loaded.
import { packageVersion } from '../runtime/version.js'

const [word] = process.argv.slice(2)
if (word === '--version' || word === '-v') process.stdout.write(`${packageVersion()}\n`)
else void import('./cli/main.js').then(({ main }) => main())
