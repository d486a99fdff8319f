// How large a spec may be.

/** The largest spec that is read, in bytes. The largest that we know of is 12 KiB. */
export const SPEC_LIMIT = 1024 * 1024
