// What can be done to a machine through its cloud's API, and the steps that it is done in.

/** Operations whose steps change a machine. */
export const operations = ['start', 'stop', 'restart', 'destroy'] as const
export type Operation = (typeof operations)[number]

/** A step, by where it stands. */
export interface StepPlace {
  readonly operation: Operation
  readonly index: number
}
