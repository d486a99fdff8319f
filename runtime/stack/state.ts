// The states of a stack.

/** All states of a stack; a state's place in the list is its number. */
export const stackStates = ['Unknown', 'NotInitialized', 'Initialized', 'Destroying', 'Building'] as const

/** The state of a stack, in Kloud's words. */
export type StackState = (typeof stackStates)[number]
