#!/usr/bin/env node
// The executable `kloud`. Its version is told before anything is loaded.
import { packageVersion } from '../version.js'

const [word] = process.argv.slice(2)
if (word === '--version' || word === '-v') process.stdout.write(`${packageVersion()}\n`)
else void import('./main.js').then(({ main }) => main())
