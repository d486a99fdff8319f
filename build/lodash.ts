// The functions of lodash that json-schema-to-typescript uses, so that the bundle need not load all of it: see tsdown.config.ts.
export { default as deburr } from 'lodash/deburr.js'
export { default as endsWith } from 'lodash/endsWith.js'
export { default as includes } from 'lodash/includes.js'
export { default as isPlainObject } from 'lodash/isPlainObject.js'
export { default as map } from 'lodash/map.js'
export { default as merge } from 'lodash/merge.js'
export { default as omit } from 'lodash/omit.js'
export { default as trim } from 'lodash/trim.js'
export { default as uniqBy } from 'lodash/uniqBy.js'
export { default as upperFirst } from 'lodash/upperFirst.js'

/** The library may change the schema that it is given: each is made for the one call. */
export function cloneDeep<T>(schema: T): T {
  return schema
}
