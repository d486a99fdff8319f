// `kloud machine stop`: stop a machine, and wait until it is.
import { operateCommand } from '../operate-command.js'

export const machineStop = operateCommand('stop', 'stop a machine, and wait until it is')
