// In: nothing. Out: the messages and calls of Terraform's plugin protocol 6 that the sandbox speaks, as data.

type Field = readonly [id: number, type: string, shape?: 'list' | 'map']
type Fields = Readonly<Record<string, Field>>

/** Messages by name, with their public field numbers; a name with a dot is a message inside another. */
const messages = {
  DynamicValue: { msgpack: [1, 'bytes'], json: [2, 'bytes'] },
  Diagnostic: {
    severity: [1, 'int32'],
    summary: [2, 'string'],
    detail: [3, 'string'],
    attribute: [4, 'AttributePath'],
  },
  AttributePath: { steps: [1, 'AttributePath.Step', 'list'] },
  'AttributePath.Step': {
    attribute_name: [1, 'string'],
    element_key_string: [2, 'string'],
    element_key_int: [3, 'int64'],
  },
  RawState: { json: [1, 'bytes'] },
  ServerCapabilities: {
    plan_destroy: [1, 'bool'],
    get_provider_schema_optional: [2, 'bool'],
    move_resource_state: [3, 'bool'],
  },

  Schema: { version: [1, 'int64'], block: [2, 'Schema.Block'] },
  'Schema.Block': {
    version: [1, 'int64'],
    attributes: [2, 'Schema.Attribute', 'list'],
    block_types: [3, 'Schema.NestedBlock', 'list'],
  },
  'Schema.Attribute': {
    name: [1, 'string'],
    type: [2, 'bytes'],
    required: [4, 'bool'],
    optional: [5, 'bool'],
    computed: [6, 'bool'],
    sensitive: [7, 'bool'],
    nested_type: [10, 'Schema.Object'],
    write_only: [11, 'bool'],
  },
  'Schema.NestedBlock': {
    type_name: [1, 'string'],
    block: [2, 'Schema.Block'],
    nesting: [3, 'int32'],
    min_items: [4, 'int64'],
    max_items: [5, 'int64'],
  },
  'Schema.Object': { attributes: [1, 'Schema.Attribute', 'list'], nesting: [3, 'int32'] },

  'GetProviderSchema.Request': {},
  'GetProviderSchema.Response': {
    provider: [1, 'Schema'],
    resource_schemas: [2, 'Schema', 'map'],
    data_source_schemas: [3, 'Schema', 'map'],
    diagnostics: [4, 'Diagnostic', 'list'],
    server_capabilities: [6, 'ServerCapabilities'],
  },
  'GetResourceIdentitySchemas.Request': {},
  'GetResourceIdentitySchemas.Response': {},
  'ValidateProviderConfig.Request': { config: [1, 'DynamicValue'] },
  'ValidateProviderConfig.Response': { diagnostics: [2, 'Diagnostic', 'list'] },
  'ValidateResourceConfig.Request': { type_name: [1, 'string'], config: [2, 'DynamicValue'] },
  'ValidateResourceConfig.Response': { diagnostics: [1, 'Diagnostic', 'list'] },
  'ValidateDataResourceConfig.Request': { type_name: [1, 'string'], config: [2, 'DynamicValue'] },
  'ValidateDataResourceConfig.Response': { diagnostics: [1, 'Diagnostic', 'list'] },
  'UpgradeResourceState.Request': { type_name: [1, 'string'], version: [2, 'int64'], raw_state: [3, 'RawState'] },
  'UpgradeResourceState.Response': { upgraded_state: [1, 'DynamicValue'], diagnostics: [2, 'Diagnostic', 'list'] },
  'ConfigureProvider.Request': { terraform_version: [1, 'string'], config: [2, 'DynamicValue'] },
  'ConfigureProvider.Response': { diagnostics: [1, 'Diagnostic', 'list'] },
  'ReadResource.Request': { type_name: [1, 'string'], current_state: [2, 'DynamicValue'], private: [3, 'bytes'] },
  'ReadResource.Response': {
    new_state: [1, 'DynamicValue'],
    diagnostics: [2, 'Diagnostic', 'list'],
    private: [3, 'bytes'],
  },
  'PlanResourceChange.Request': {
    type_name: [1, 'string'],
    prior_state: [2, 'DynamicValue'],
    proposed_new_state: [3, 'DynamicValue'],
    config: [4, 'DynamicValue'],
    prior_private: [5, 'bytes'],
  },
  'PlanResourceChange.Response': {
    planned_state: [1, 'DynamicValue'],
    requires_replace: [2, 'AttributePath', 'list'],
    planned_private: [3, 'bytes'],
    diagnostics: [4, 'Diagnostic', 'list'],
  },
  'ApplyResourceChange.Request': {
    type_name: [1, 'string'],
    prior_state: [2, 'DynamicValue'],
    planned_state: [3, 'DynamicValue'],
    config: [4, 'DynamicValue'],
    planned_private: [5, 'bytes'],
  },
  'ApplyResourceChange.Response': {
    new_state: [1, 'DynamicValue'],
    private: [2, 'bytes'],
    diagnostics: [3, 'Diagnostic', 'list'],
  },
  'ImportResourceState.Request': { type_name: [1, 'string'], id: [2, 'string'] },
  'ImportResourceState.Response': { diagnostics: [2, 'Diagnostic', 'list'] },
  'ReadDataSource.Request': { type_name: [1, 'string'], config: [2, 'DynamicValue'] },
  'ReadDataSource.Response': { state: [1, 'DynamicValue'], diagnostics: [2, 'Diagnostic', 'list'] },
  'StopProvider.Request': {},
  'StopProvider.Response': { Error: [1, 'string'] },
} satisfies Readonly<Record<string, Fields>>

/** The calls that are answered; Terraform takes it for "not there" when another is not. */
export const calls = [
  'GetProviderSchema',
  'GetResourceIdentitySchemas',
  'ValidateProviderConfig',
  'ValidateResourceConfig',
  'ValidateDataResourceConfig',
  'UpgradeResourceState',
  'ConfigureProvider',
  'ReadResource',
  'PlanResourceChange',
  'ApplyResourceChange',
  'ImportResourceState',
  'ReadDataSource',
  'StopProvider',
] as const

export type CallName = (typeof calls)[number]

interface MessageNode {
  fields: Record<string, { id: number; type: string; rule?: string; keyType?: string }>
  nested: Record<string, MessageNode>
}

/** The protocol's messages in protobuf's own JSON form, which `protobufjs` reads. */
export function protocolDescriptor() {
  const top: Record<string, MessageNode> = {}
  for (const [path, fields] of Object.entries(messages)) {
    const [name = '', inner] = path.split('.')
    top[name] ??= { fields: {}, nested: {} }
    const node = top[name]
    if (inner === undefined) node.fields = nodeFields(fields)
    else node.nested[inner] = { fields: nodeFields(fields), nested: {} }
  }
  return { nested: top }
}

function nodeFields(fields: Fields): MessageNode['fields'] {
  return Object.fromEntries(
    Object.entries(fields).map(([name, [id, type, shape]]) => {
      if (shape === 'map') return [name, { id, type, keyType: 'string' }]
      return [name, shape === 'list' ? { id, type, rule: 'repeated' } : { id, type }]
    }),
  )
}
