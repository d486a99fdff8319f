// In: the messages of Terraform's plugin protocol. Out: the module that stands for `runtime/sandbox/plugin/message-types.ts` in the
// programs' bundles: the functions that protobufjs would make and compile at every start, for twice as long as the rest of it takes.
import protobuf, { type Type } from 'protobufjs/light.js'
import { protocolDescriptor } from '../runtime/sandbox/plugin/protocol.ts'

/** A plugin of the bundler. */
export function messageTypes() {
  return {
    name: 'message-types',
    load: {
      filter: { id: /[\\/]runtime[\\/]sandbox[\\/]plugin[\\/]message-types\.ts$/ },
      handler: () => ({ code: messageTypesCode(), moduleType: 'js' as const }),
    },
  }
}

function messageTypesCode(): string {
  const root = protobuf.Root.fromJSON(protocolDescriptor())
  root.resolveAll()
  const types = typesIn(root)
  return `
    import minimal from 'protobufjs/minimal.js'
    const { Reader, Writer, util } = minimal
    const all = { ${types.map((type) => `${nameOf(type)}: { ctor: class {} }`).join(', ')} }
    ${types.map(typeCode).join('\n')}
    export const messageType = (name) => all[name]
  `
}

/** What protobufjs does in `Type.setup`, but for what verifies. */
function typeCode(type: Type): string {
  const { encoder, decoder, converter } = protobuf
  const fields = type.fieldsArray.map((field) => field.resolve())
  const others = fields.map(({ resolvedType }) => (resolvedType === null ? 'null' : `all[${nameOf(resolvedType)}]`))
  const defaults = fields.flatMap(({ name, map, repeated }) => {
    const value = map ? 'util.emptyObject' : repeated ? 'util.emptyArray' : undefined
    return value === undefined ? [] : [`${JSON.stringify(name)}: ${value}`]
  })
  return `{
    const types = [${others.join(', ')}]
    Object.assign(all[${nameOf(type)}].ctor.prototype, { ${defaults.join(', ')} })
    Object.assign(all[${nameOf(type)}], {
      encode: ${encoder(type)},
      decode: ${decoder(type)},
      fromObject: ${converter.fromObject(type)},
      toObject: ${converter.toObject(type)},
    })
  }`
}

function typesIn(namespace: protobuf.NamespaceBase): Type[] {
  return namespace.nestedArray.flatMap((nested) => [
    ...(nested instanceof protobuf.Type ? [nested] : []),
    ...(nested instanceof protobuf.Namespace ? typesIn(nested) : []),
  ])
}

function nameOf({ fullName }: protobuf.ReflectionObject): string {
  return JSON.stringify(fullName.replace(/^\./, ''))
}
