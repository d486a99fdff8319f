// In: a spec that is right. Out: the model that the emitters work from.
import { isObject } from '../../runtime/json.js'
import { checkExpression, isProblem } from '../spec/expression/check.js'
import { type Site, scopeOf } from '../spec/expression/scope.js'
import type { LoadedSpec, Spec } from '../spec/spec.js'
import { stackAccess } from './access.js'
import { resolveApi } from './api/resolve-api.js'
import { type CompileSite, compileValue, expressionAlone } from './compile.js'
import { resolveFields } from './field.js'
import type { Assignment, BootstrapModel, MachineModel, ProviderModel, Sourced, UserDataModel } from './model.js'
import { pascalCase, resourceVariable } from './names.js'
import { parseSize } from './size.js'

/** Resolves a spec: names chosen, types known, expressions compiled. */
export function resolveModel({ spec, file }: LoadedSpec): ProviderModel {
  const noun = resourceVariable(spec.machine.resource)
  const access = stackAccess(noun)
  const site = (at: Site): CompileSite => ({
    get roots() {
      return scopeOf(spec, at)
    },
    access,
  })
  return {
    name: spec.name,
    className: spec.className ?? pascalCase(spec.name),
    title: spec.title,
    description: spec.description,
    homepage: spec.homepage,
    notes: spec.notes,
    specFile: file,
    terraform: {
      source: spec.terraform.source,
      version: spec.terraform.version,
      fixed: spec.terraform.fixed ?? [],
      config: assignments(spec.terraform.config, site('provider')),
    },
    fields: {
      credential: resolveFields(spec.credential ?? {}, 'credential'),
      bootstrap: resolveFields(outputFields(spec), 'bootstrap'),
      metadata: resolveFields(metadataFields(spec), 'metadata'),
    },
    bootstrap: resolveBootstrap(spec, site('bootstrap')),
    machine: resolveMachine(spec, noun, site('machine'), site('metadata')),
    api: resolveApi(spec),
  }
}

function assignments(map: Readonly<Record<string, unknown>> | undefined, site: CompileSite): Assignment[] {
  return Object.entries(map ?? {}).map(([path, value]) => ({ path, value: sourced(value, site) }))
}

function sourced(source: unknown, site: CompileSite): Sourced {
  return { ...compileValue(source, site), source }
}

/** A condition: a text or a truth says by itself whether it is given, other values are asked. */
function condition(source: string, site: CompileSite): Sourced {
  const made = sourced(source, site)
  const alone = expressionAlone(source)
  const checked = alone === undefined ? undefined : checkExpression(alone, site.roots)
  if (!checked || isProblem(checked) || ['string', 'boolean'].includes(checked.type.kind)) return made
  return {
    source,
    code: { kind: 'call', callee: 'isGiven', args: [made.code] },
    uses: new Set([...made.uses, 'isGiven']),
  }
}

function outputFields(spec: Spec) {
  return Object.fromEntries(
    Object.entries(spec.bootstrap?.outputs ?? {}).map(([name, output]) => [
      name,
      typeof output === 'string' ? {} : output,
    ]),
  )
}

function metadataFields(spec: Spec) {
  return spec.machine.metadata ?? {}
}

function resolveBootstrap({ bootstrap }: Spec, site: CompileSite): BootstrapModel {
  const sshKeyPair = bootstrap?.sshKeyPair ?? false
  const resources = Object.entries(bootstrap?.resource ?? {}).flatMap(([type, named]) =>
    Object.keys(named).map((name) => ({ type, name })),
  )
  if (!bootstrap || (resources.length === 0 && !bootstrap.data))
    return { sshKeyPair, template: undefined, cost: bootstrap?.cost, resources }
  const { variable, locals, data, resource, outputs } = bootstrap
  const output = Object.fromEntries(
    Object.entries(outputs ?? {}).map(([name, value]) => [name, typeof value === 'string' ? value : value.value]),
  )
  const blocks = { variable, locals, data, resource, output }
  const present = Object.entries(blocks).filter(([, block]) => block !== undefined && Object.keys(block).length > 0)
  return { sshKeyPair, template: compileValue(Object.fromEntries(present), site), cost: bootstrap.cost, resources }
}

function resolveMachine(
  { machine, hooks }: Spec,
  noun: string,
  site: CompileSite,
  metadataSite: CompileSite,
): MachineModel {
  const kept = Object.entries(machine.metadata ?? {}).flatMap(([path, field]) =>
    field.value === undefined ? [] : [{ path, value: sourced(field.value, metadataSite) }],
  )
  return {
    resource: machine.resource,
    noun,
    userData: machine.userData && resolveUserData(machine.userData),
    require: machine.require ?? [],
    defaults: assignments(machine.defaults, site),
    with: (machine.with ?? []).map((part) => ({
      unless: part.unless ?? [],
      when: part.when === undefined ? undefined : condition(part.when, site),
      resources: Object.entries(part.resource ?? {}).flatMap(([type, named]) =>
        Object.entries(named).map(([name, body]) => ({ type, name, body: compileValue(body, site) })),
      ),
      defaults: assignments(part.defaults, site),
    })),
    set: assignments(machine.set, site),
    append: Object.entries(machine.append ?? {}).map(([path, value]) => ({ path, ...resolveAppend(value, site) })),
    forbid: Object.entries(machine.forbid ?? {}).map(([path, message]) => ({ path, message })),
    example: machine.example ?? {},
    metadataValues: kept,
    hook: hooks?.machine ?? false,
  }
}

function resolveAppend(value: unknown, site: CompileSite): { value: Sourced; by: string | undefined } {
  if (isObject(value) && typeof value.by === 'string') return { value: sourced(value.items, site), by: value.by }
  return { value: sourced(value, site), by: undefined }
}

function resolveUserData(userData: NonNullable<Spec['machine']['userData']>): UserDataModel {
  return {
    field: userData.field,
    format: userData.format ?? 'cloudConfig',
    encoding: userData.encoding ?? [],
    limit: userData.limit === undefined ? undefined : parseSize(userData.limit),
    unless: userData.unless ?? [],
  }
}
