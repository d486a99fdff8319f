// In: libsql's JavaScript. Out: the same in the bundle, with the machine code found by build/native-libsql.ts.
import { fileURLToPath } from 'node:url'

const native = fileURLToPath(new URL('./native-libsql.ts', import.meta.url))
const start = /const \{ load, currentTarget \} = require\("@neon-rs\/load"\);[\s\S]*?\n\}\n(?=\nconst \{)/

/** A plugin of the bundler. */
export function leanLibsql() {
  const handler = (code: string) => {
    if (!start.test(code)) throw new Error('libsql loads its machine code in another way: see build/lean-libsql.ts')
    return code.replace(start, `const { requireNative } = require(${JSON.stringify(native)});\n`)
  }
  return {
    name: 'lean-libsql',
    transform: { filter: { id: /[\\/]node_modules[\\/]libsql[\\/]index\.js$/ }, handler },
  }
}
