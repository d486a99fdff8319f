// The front door: what generated code and its authors import from `kloud-gen/runtime`. Nothing heavy is loaded by it.

export { compose } from './compose/compose.js'
export type { ComposeInput, ComposeProvider } from './compose/compose-input.js'
export type { ComposedMachine, Composition } from './compose/composition.js'
export { type Context, parseContext } from './compose/context.js'
export { MachineResource } from './compose/machine-resource.js'
export { ProviderBlock } from './compose/provider-block.js'
export { type ErrorName, errorCodes, inputError, KloudError, type KloudErrorOptions } from './errors.js'
export { EventStream, type KloudEvent } from './events.js'
export {
  base64,
  hostname,
  int,
  json,
  lower,
  orDefault,
  publicText,
  slug,
  truncate,
  upper,
} from './expression/filters.js'
export { isGiven } from './expression/given.js'
export { text } from './expression/text.js'
export type { JsonObject, JsonValue } from './json.js'
export type { Answer } from './machine/answer.js'
export { BaseMachine, type Operated } from './machine/base-machine.js'
export { ExecApi } from './machine/exec-api.js'
export { basic, bearer, header, query } from './machine/http/auth.js'
export { googleServiceAccount } from './machine/http/google.js'
export { azureAd, oauth2ClientCredentials } from './machine/http/oauth2.js'
export { path, pathOf } from './machine/http/path.js'
export { HttpApi } from './machine/http-api.js'
export type { MachineInfo, MetadataPatch, States } from './machine/machine-info.js'
export { machineInfo, operateMachine } from './machine/operate.js'
export { SdkApi } from './machine/sdk-api.js'
export { isInProgress, type MachineState, machineStates, parseMachineState, validMethods } from './machine/state.js'
export type { Wire } from './machine/wire.js'
export {
  type Kloud,
  type KloudOptions,
  missingTerraform,
  openKloud,
  type WholeLife,
  type WholeLifeOptions,
  wholeLife,
} from './open-kloud.js'
export { defineProvider, type Provider, ProviderRegistry } from './provider.js'
export type { ApiDescription } from './sandbox/api/description.js'
export type { Field, Fields } from './schema/fields.js'
export { JsonFile } from './schema/json-file.js'
export { inClear } from './schema/reveal.js'
export { schemaClass } from './schema/schema-class.js'
export { Secret } from './secret.js'
export { BaseStack, type BootstrapTemplate, type MachineHookContext } from './stack/base-stack.js'
export { parseTemplate, readTemplate, type Template } from './template/read.js'
export { renderTemplate } from './template/render.js'
