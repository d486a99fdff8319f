// The kinds of block that a template may have at its top, and how they are named and put together.

/**
 * How blocks of a kind from several files become one: `named` ones have labels and stand once for each; `providers` may have
 * the same label with other aliases; `listed` ones have no name; `locals` and `settings` are put together by key.
 */
export type Gathering = 'named' | 'providers' | 'listed' | 'locals' | 'settings'

export interface BlockType {
  readonly labels: 0 | 1 | 2
  readonly gathering: Gathering
}

const twoNames: BlockType = { labels: 2, gathering: 'named' }
const oneName: BlockType = { labels: 1, gathering: 'named' }
const noName: BlockType = { labels: 0, gathering: 'listed' }

export const blockTypes: ReadonlyMap<string, BlockType> = new Map<string, BlockType>([
  ['resource', twoNames],
  ['data', twoNames],
  ['ephemeral', twoNames],
  ['action', twoNames],
  ['provider', { labels: 1, gathering: 'providers' }],
  ['variable', oneName],
  ['output', oneName],
  ['module', oneName],
  ['check', oneName],
  ['locals', { labels: 0, gathering: 'locals' }],
  ['terraform', { labels: 0, gathering: 'settings' }],
  ['moved', noName],
  ['import', noName],
  ['removed', noName],
])

/** A comment in Terraform JSON. */
export const commentKey = '//'
