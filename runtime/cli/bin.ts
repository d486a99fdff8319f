#!/usr/bin/env node
// The executable `kloud`.
import { main } from './main.js'

await main()
