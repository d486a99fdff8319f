#!/usr/bin/env node
// The executable `kloud`.
import { runExecutable } from './executable.js'

runExecutable(() => import('./main.js'))
