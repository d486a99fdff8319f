// `kloud machine start`: start a machine, and wait until it runs.
import { operateCommand } from '../operate-command.js'

export const machineStart = operateCommand('start', 'start a machine, and wait until it runs')
