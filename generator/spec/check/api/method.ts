// The methods that a spec can map.

/** The methods of a machine, in the order of its life, and `verify`. */
export const methods = ['verify', 'info', 'start', 'stop', 'restart', 'destroy'] as const
export type Method = (typeof methods)[number]

/** Those that change a machine, in steps. */
export const machineMethods = ['start', 'stop', 'restart', 'destroy'] as const satisfies readonly Method[]
