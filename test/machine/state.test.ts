import { describe, expect, it } from 'vitest'
import {
  isInProgress,
  machineStates,
  parseMachineState,
  stateNumber,
  validMethods,
} from '../../runtime/machine/state.js'

describe('machine states', () => {
  it('have the numbers that Kloud gave them', () => {
    expect(machineStates.map((state) => `${stateNumber(state)} ${state}`).join(', ')).toBe(
      '0 Unknown, 1 NotInitialized, 2 Building, 3 Starting, 4 Running, 5 Stopping, 6 Stopped, 7 Rebooting, ' +
        '8 Terminating, 9 Terminated, 10 Snapshotting, 11 Pending',
    )
  })

  it('are in progress on the way to another state, and allow nothing then', () => {
    const moving = machineStates.filter(isInProgress)
    expect(moving).toEqual(['Building', 'Starting', 'Stopping', 'Rebooting', 'Terminating', 'Pending'])
    expect(moving.flatMap(validMethods)).toEqual([])
  })

  it('allow what Kloud allowed', () => {
    expect(validMethods('Stopped')).toEqual([
      'start',
      'resize',
      'destroy',
      'reinit',
      'createSnapshot',
      'deleteSnapshot',
    ])
    expect(validMethods('Running')).toContain('stop')
    expect(validMethods('NotInitialized')).toEqual(['build', 'destroy'])
    expect(validMethods('Terminated')).toEqual(['build'])
    expect(validMethods('Unknown')).toEqual([])
  })

  it('are read from JSON by name, the empty text as Unknown', () => {
    for (const state of machineStates) expect(parseMachineState(state)).toBe(state)
    expect(parseMachineState('')).toBe('Unknown')
  })

  it.each(['running', 'Runing', 4, null, undefined, {}])('are never made out of %j', (value) => {
    expect(() => parseMachineState(value)).toThrow('is no state of a machine')
  })
})
