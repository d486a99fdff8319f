// In: nothing. Out: where a store lies of which nobody says it.

/** The store's folder where none is said. */
export const defaultFolder = '.kloud'
