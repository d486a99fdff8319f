#!/usr/bin/env node
// The executable `kloud-gen`.
import { runExecutable } from '../runtime/cli/executable.js'

runExecutable(() => import('./cli/main.js'))
