// In: the file of a list of plans. Out: the plans applied in turn, over and over, until the process is killed, or forgotten.
import { readFileSync } from 'node:fs'
import { apply } from '../../generator/output/apply.js'
import type { Plan } from '../../generator/output/plan.js'

const plans = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as Plan[]
process.stdout.write('ready\n')
const end = Date.now() + 10_000
while (Date.now() < end) for (const plan of plans) apply(plan)
