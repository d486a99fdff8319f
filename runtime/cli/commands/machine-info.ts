// `kloud machine info`: ask a machine's cloud how it is.
import { operateCommand } from '../operate-command.js'

export const machineInfo = operateCommand('info', "ask a machine's cloud how it is")
