// How diagnostics are printed: for a terminal, or as annotations of a workflow on GitHub.
export const formats = ['terminal', 'github'] as const
export type Format = (typeof formats)[number]
