// What each diagnostic means, for `explain`: why it is said, and the smallest examples. A test holds each example against its code.
import { type Code, codes } from './codes.js'

export interface Explanation {
  /** Why it is said, and what to do: a few sentences. */
  meaning: string
  /** A part of a spec that causes it. */
  wrong?: string
  /** The same, mended. */
  right?: string
}

/** Whether a word is a diagnostic's code. */
export function isCode(word: string): word is Code {
  return Object.hasOwn(codes, word)
}

export const explanations: Readonly<Record<Code, Explanation>> = {
  KG001: { meaning: 'The file is not there, or may not be read. Check its path, and the rights on it.' },
  KG002: {
    meaning:
      'The path leads to a folder, a pipe or a device. Name the YAML file itself, or give the folder with --specs.',
  },
  KG003: {
    meaning: 'A spec may have 1 MiB; the largest that is known has 12 KiB. What is so large is probably no spec.',
  },
  KG004: { meaning: 'Specs are text in UTF-8. Save the file in that encoding; an editor shows it in its status line.' },
  KG005: {
    meaning:
      'There is nothing in the file but space or comments. "kloud-gen new provider NAME" writes a spec to begin with.',
  },
  KG006: {
    meaning:
      'The text is no YAML 1.2. The place is where reading it stopped; the cause is often a line or two above: a quote that does not end, or a wrong indentation.',
    wrong: 'title: "Acme Cloud',
    right: 'title: "Acme Cloud"',
  },
  KG007: {
    meaning: 'A map has the same key twice, and YAML would drop one in silence. Keep one, or merge the two.',
    wrong: 'hooks:\n  machine: true\n  machine: false',
    right: 'hooks:\n  machine: true',
  },
  KG008: {
    meaning: 'Specs are YAML 1.2 without directives: a line that begins with % would change how the rest is read.',
    wrong: '%YAML 1.1\n---\ntitle: Acme',
    right: 'title: Acme',
  },
  KG009: {
    meaning:
      'Aliases that stand for other aliases grow beyond all measure. With all of them followed, a spec may have 100,000 values.',
  },
  KG010: {
    meaning:
      'YAML gives { } , # and ": " a meaning of their own, so that an expression without quotes is cut short or taken apart, often in silence. In a flow map, and before " #" or ": ", quote it.',
    wrong: 'terraform:\n  source: acme/acme\n  config: { token: ${{ credential.token }} }',
    right: "terraform:\n  source: acme/acme\n  config: { token: '${{ credential.token }}' }",
  },
  KG011: { meaning: 'Maps and lists may nest 64 levels deep. No provider needs a tenth of that.' },
  KG012: {
    meaning:
      'This word is a part of how JavaScript objects work and can name no key: __proto__, constructor, prototype; of the words in api.info.states also toString and what else every object has.',
    wrong: 'credential:\n  __proto__: {}',
    right: 'credential:\n  prototype_id: {}',
  },
  KG020: {
    meaning:
      'The spec language has no such key at this place. A suggestion is given where one is near; "kloud-gen schema" has all of them.',
    wrong: 'titel: Acme',
    right: 'title: Acme',
  },
  KG021: {
    meaning:
      'A key that must be there is missing: the place is that of the map that should have it. Or a key has no value, and no file that is extended says what it could take away.',
    wrong: 'terraform:\n  version: ~> 1.0',
    right: 'terraform:\n  source: acme/acme\n  version: ~> 1.0',
  },
  KG022: {
    meaning:
      'The value is of the wrong kind: a list where text is wanted, or text where a map is. Mind that YAML reads 12 as a number and true as a truth.',
    wrong: 'title: [Acme]',
    right: 'title: Acme',
  },
  KG023: {
    meaning: 'Only some words are possible here; the message lists them.',
    wrong: 'credential:\n  size: { type: int }',
    right: 'credential:\n  size: { type: integer }',
  },
  KG024: {
    meaning:
      'The first key of a spec says which version of the language it is written in. This kloud-gen reads kloud/v1; a later one is needed for a later version.',
    wrong: 'spec: kloud/v2',
    right: 'spec: kloud/v1',
  },
  KG030: {
    meaning:
      'The file that a spec extends is not there or cannot be read. The path is taken from the folder of the spec that says it.',
    wrong: 'extends: ./nowhere.yaml',
  },
  KG031: { meaning: 'A spec extends itself, at once or through others. Take one of the extends away.' },
  KG040: {
    meaning:
      'Names of fields and classes become names in TypeScript and Terraform: letters, digits and _, beginning with a letter.',
    wrong: 'credential:\n  access-token: {}',
    right: 'credential:\n  access_token: {}',
  },
  KG041: {
    meaning: 'The name is taken: by TypeScript, or by a member that every generated class has.',
    wrong: 'credential:\n  toString: {}',
    right: 'credential:\n  text: {}',
  },
  KG042: {
    meaning:
      'Two names become one: access_token and accessToken have the same label, and a field of the credential and one of the bootstrap become the same Terraform variable. Rename one.',
    wrong: 'credential:\n  access_token: {}\n  accessToken: {}',
    right: 'credential:\n  access_token: {}\n  refresh_token: {}',
  },
  KG043: {
    meaning:
      'A provider is named in small letters, digits, - and _. The name becomes a folder and a prefix of variables, so some words are kept: index, con, var, local and the like.',
    wrong: 'name: con',
    right: 'name: console',
  },
  KG044: { meaning: 'Two specs have the same name, and would be generated into the same folder. Rename one.' },
  KG050: {
    meaning: 'A field with a default need never be given, so it is not required. Keep one of the two.',
    wrong: 'credential:\n  region: { default: eu, required: true }',
    right: 'credential:\n  region: { default: eu }',
  },
  KG051: {
    meaning: 'A default must be a valid value of its own field.',
    wrong: 'credential:\n  port: { type: integer, default: ssh }',
    right: 'credential:\n  port: { type: integer, default: 22 }',
  },
  KG052: {
    meaning: "A default must match its field's own pattern, length and format.",
    wrong: "credential:\n  zone: { pattern: '^[a-z]{2}$', default: europe }",
    right: "credential:\n  zone: { pattern: '^[a-z]{2}$', default: eu }",
  },
  KG053: {
    meaning: 'The default is none of the values of the enum.',
    wrong: 'credential:\n  region: { enum: [eu, us], default: europe }',
    right: 'credential:\n  region: { enum: [eu, us], default: eu }',
  },
  KG054: {
    meaning:
      'No value can lie in this range, or the limit makes no sense for the type: lengths and counts are whole and not below 0.',
    wrong: 'credential:\n  port: { type: integer, min: 10, max: 1 }',
    right: 'credential:\n  port: { type: integer, min: 1, max: 10 }',
  },
  KG055: {
    meaning: 'The pattern is a regular expression of JavaScript, and this one cannot be read as one.',
    wrong: "credential:\n  token: { pattern: '[a-z' }",
    right: "credential:\n  token: { pattern: '[a-z]' }",
  },
  KG056: {
    meaning: 'A duration is a number with ms, s, m, h or d, or several of them: 90s, 2m, 1h30m.',
    wrong: 'credential:\n  timeout: { type: duration, default: soon }',
    right: 'credential:\n  timeout: { type: duration, default: 5m }',
  },
  KG057: {
    meaning: 'A size is a whole number of bytes, or one with B, kB, KiB, MB or MiB.',
    wrong: 'machine:\n  resource: acme_server\n  userData: { field: user_data, limit: large }',
    right: 'machine:\n  resource: acme_server\n  userData: { field: user_data, limit: 64KiB }',
  },
  KG058: {
    meaning: 'The key has no meaning for a field of this type, or with another key beside it.',
    wrong: 'credential:\n  port: { type: integer, pattern: ^2 }',
    right: 'credential:\n  port: { type: integer, min: 20, max: 29 }',
  },
  KG059: {
    meaning: 'requires names fields that must be given together with this one; they stand beside it.',
    wrong: 'credential:\n  username: { requires: [pasword] }\n  password: { secret: true }',
    right: 'credential:\n  username: { requires: [password] }\n  password: { secret: true }',
  },
  KG060: {
    meaning:
      "An attribute's path is names with dots between them, and numbers in brackets: root_block_device[0].volume_size.",
    wrong: 'machine:\n  resource: acme_server\n  metadata:\n    disk: { from: disks..size }',
    right: 'machine:\n  resource: acme_server\n  metadata:\n    disk: { from: "disks[0].size" }',
  },
  KG061: {
    meaning: 'The same value stands in a list twice.',
    wrong: 'credential:\n  region: { enum: [eu, us, eu] }',
    right: 'credential:\n  region: { enum: [eu, us] }',
  },
  KG062: {
    meaning: 'Another key is needed for this one to mean anything: an enum needs values, a message needs a pattern.',
    wrong: 'credential:\n  region: { type: enum }',
    right: 'credential:\n  region: { enum: [eu, us] }',
  },
  KG070: {
    meaning:
      'An expression is a path from a root, then filters: credential.token, or machine.name | slug(40). There is no arithmetic and there are no conditions. Without ${{ }} around it, it is a text, which an api sends as it stands.',
    wrong: 'terraform:\n  source: acme/acme\n  config:\n    region: ${{ credential. }}',
    right: 'terraform:\n  source: acme/acme\n  config:\n    region: ${{ credential.token }}',
  },
  KG071: {
    meaning:
      'An expression begins with a root: credential, ssh, bootstrap, user, team, stack, machine, metadata, response, headers.',
    wrong: 'terraform:\n  source: acme/acme\n  config:\n    token: ${{ credentials.token }}',
    right: 'terraform:\n  source: acme/acme\n  config:\n    token: ${{ credential.token }}',
  },
  KG072: {
    meaning: 'The root has no such name. The message lists what it has.',
    wrong: 'terraform:\n  source: acme/acme\n  config:\n    token: ${{ credential.tokne }}',
    right: 'terraform:\n  source: acme/acme\n  config:\n    token: ${{ credential.token }}',
  },
  KG073: {
    meaning:
      'The root is not there at this place: a machine is known in the machine policy, its metadata in the calls of api, an answer after a call.',
    wrong: 'terraform:\n  source: acme/acme\n  config:\n    name: ${{ machine.name }}',
  },
  KG074: {
    meaning:
      'There is no such filter. Filters are lower, upper, truncate(n), slug(n), hostname, default(x), base64, json, int, path and public.',
    wrong: 'machine:\n  resource: acme_server\n  defaults:\n    name: ${{ machine.name | lowercase }}',
    right: 'machine:\n  resource: acme_server\n  defaults:\n    name: ${{ machine.name | lower }}',
  },
  KG075: {
    meaning: 'The filter takes another kind of value, or other arguments.',
    wrong: 'machine:\n  resource: acme_server\n  defaults:\n    name: ${{ machine.name | truncate }}',
    right: 'machine:\n  resource: acme_server\n  defaults:\n    name: ${{ machine.name | truncate(24) }}',
  },
  KG076: {
    meaning:
      'A list, a map or an object cannot stand inside a text. Let the expression be the whole value, or use the filter json.',
    wrong:
      'credential:\n  token: { secret: true }\n  zones: { type: list }\nmachine:\n  resource: acme_server\n  defaults:\n    zones: "in ${{ credential.zones }}"',
    right:
      'credential:\n  token: { secret: true }\n  zones: { type: list }\nmachine:\n  resource: acme_server\n  defaults:\n    zones: ${{ credential.zones }}',
  },
  KG077: {
    meaning:
      'What stands here can be read: in the template, in the state, in a URL, or in the arguments of a program. A secret may stand in the provider block, and in headers, bodies and auth of the api.',
    wrong: 'machine:\n  resource: acme_server\n  defaults:\n    token: ${{ credential.token }}',
  },
  KG078: {
    meaning:
      'The filter public says that what is taken out of a secret is none. Here there is no secret; take the filter away.',
    wrong: 'machine:\n  resource: acme_server\n  defaults:\n    team: ${{ team.slug | public }}',
    right: 'machine:\n  resource: acme_server\n  defaults:\n    team: ${{ team.slug }}',
  },
  KG080: {
    meaning: 'Outputs are what the bootstrap made or looked up, and this one has neither resource nor data.',
    wrong: "bootstrap:\n  outputs:\n    vpc: '${acme_vpc.kloud.id}'",
    right:
      "bootstrap:\n  resource:\n    acme_vpc:\n      kloud: { name: x }\n  outputs:\n    vpc: '${acme_vpc.kloud.id}'",
  },
  KG081: {
    meaning:
      'An expression of Terraform refers to something that is not there: in the bootstrap, to what is not in it; in the machine policy, to what does not come with the machine; or to a block with count or for_each without saying to which of the many: acme_vpc.kloud[0].id.',
    wrong:
      "bootstrap:\n  resource:\n    acme_vpc:\n      kloud: { name: x }\n  outputs:\n    vpc: '${acme_vpc.cloud.id}'",
    right:
      "bootstrap:\n  resource:\n    acme_vpc:\n      kloud: { name: x }\n  outputs:\n    vpc: '${acme_vpc.kloud.id}'",
  },
  KG082: {
    meaning: 'An output is an expression of Terraform that refers to a resource or a data source.',
    wrong: 'bootstrap:\n  resource:\n    acme_vpc:\n      kloud: { name: x }\n  outputs:\n    vpc: acme_vpc',
    right:
      "bootstrap:\n  resource:\n    acme_vpc:\n      kloud: { name: x }\n  outputs:\n    vpc: '${acme_vpc.kloud.id}'",
  },
  KG083: {
    meaning:
      'What stands in ${…} is for Terraform, and Terraform could not read it, or never sees it: what metadata keeps by value is kept as it is, and what stands in an api is sent as it is. Our own expressions are ${{ … }}.',
    wrong:
      "bootstrap:\n  resource:\n    acme_vpc:\n      kloud: { name: x }\n  outputs:\n    vpc: '${acme_vpc.kloud.}'",
    right:
      "bootstrap:\n  resource:\n    acme_vpc:\n      kloud: { name: x }\n  outputs:\n    vpc: '${acme_vpc.kloud.id}'",
  },
  KG090: {
    meaning: 'Two parts of the machine policy speak of the same attribute, and one of them can never have an effect.',
    wrong: 'machine:\n  resource: acme_server\n  require: [image]\n  defaults: { image: ubuntu }',
    right: 'machine:\n  resource: acme_server\n  defaults: { image: ubuntu }',
  },
  KG091: {
    meaning: 'This part of with gives neither defaults nor resources.',
    wrong: 'machine:\n  resource: acme_server\n  with:\n    - unless: [subnet]',
    right: 'machine:\n  resource: acme_server\n  with:\n    - unless: [subnet]\n      defaults: { subnet: main }',
  },
  KG092: {
    meaning:
      'A fixed argument must agree with the credential, so terraform.config must say what the credential gives for it.',
    wrong: 'terraform:\n  source: acme/acme\n  fixed: [region]',
    right: "terraform:\n  source: acme/acme\n  config: { region: '${{ credential.token }}' }\n  fixed: [region]",
  },
  KG093: {
    meaning:
      "The provider's address in the Terraform registry: NAMESPACE/NAME, with the registry's host in front where it is another.",
    wrong: 'terraform:\n  source: acme',
    right: 'terraform:\n  source: acme/acme',
  },
  KG094: {
    meaning:
      'A version constraint of Terraform: a version with =, !=, >, >=, <, <= or ~> in front, several with commas between.',
    wrong: 'terraform:\n  source: acme/acme\n  version: latest',
    right: 'terraform:\n  source: acme/acme\n  version: ~> 1.0',
  },
  KG101: {
    meaning:
      "A state of the cloud is mapped to one of Kloud's: Unknown, NotInitialized, Building, Starting, Running, Stopping, Stopped, Rebooting, Terminating, Terminated, Snapshotting, Pending.",
    wrong: asked('states: { active: Runing }'),
    right: asked('states: { active: Running }'),
  },
  KG102: {
    meaning:
      'The text is no JMESPath (https://jmespath.org), or uses an extension that libraries disagree on: = for ==, arithmetic, assignments.',
    wrong: started('expect: ok = `true`'),
    right: started('expect: ok == `true`'),
  },
  KG103: {
    meaning:
      'A call needs a transport that says where it goes: api.http for a JSON API, api.sdk for an npm client, api.exec for a program.',
    wrong: 'api:\n  verify: GET /account',
    right: 'api:\n  http: { baseUrl: https://api.acme.example }\n  verify: GET /account',
  },
  KG104: {
    meaning:
      'The key means nothing for this call: it belongs to another transport, or to a step of start or stop where this is one question.',
    wrong: started('run: [start]'),
    right: started('body: { force: true }'),
  },
  KG105: {
    meaning: "Starting and stopping ask for the machine's state first, and info does not say how.",
    wrong: 'api:\n  start: manual',
    right: 'api:\n  info: manual\n  start: manual',
  },
  KG106: {
    meaning:
      'A call over http is a method and a path, which is added to baseUrl: GET /machines/1. Parameters go into query. With an sdk, a call is the name of a command: DescribeInstances.',
    wrong: 'api:\n  http: { baseUrl: https://api.acme.example }\n  verify: /account',
    right: 'api:\n  http: { baseUrl: https://api.acme.example }\n  verify: GET /account',
  },
  KG107: { meaning: 'The text is no URL.', wrong: 'homepage: acme.example', right: 'homepage: https://acme.example' },
  KG108: {
    meaning:
      'An api has one transport, and one way to be let in; the output of a program is read in one way. Keep one of the two.',
    wrong:
      "api:\n  http:\n    baseUrl: https://api.acme.example\n    auth: { bearer: '${{ credential.token }}', header: { X-Key: '${{ credential.token }}' } }",
    right: "api:\n  http:\n    baseUrl: https://api.acme.example\n    auth: { bearer: '${{ credential.token }}' }",
  },
  KG109: {
    meaning:
      'A wait ends when the machine is in a state, or when the answer to a call is as until says. Say one of the two.',
    wrong: started('wait: { timeout: 5m }'),
    right: started('wait: { state: Running, timeout: 5m }'),
  },
  KG110: {
    meaning:
      'Here is a list of steps with no step in it. Take the method away: asking for it is then an error of its own.',
    wrong: 'api:\n  info: manual\n  start: []',
    right: 'api:\n  info: manual',
  },
  KG111: {
    meaning:
      "What an answer holds is known beforehand here, and nothing can be found where this leads: lines give objects with the names of their groups, a program without lines or json gives a text, and a condition of when has state and word. Or a word is a path where its text was meant: in JMESPath a text is written 'on', and true, false and null stand between backquotes. Where two fields of an answer are compared, write @.field.",
    wrong: started("when: status == 'off'"),
    right: started("when: word == 'off'"),
  },
  KG112: {
    meaning:
      'What info brings home is kept in the metadata of the machine, in fields that machine.metadata has: text, numbers and truths that are no secret.',
    wrong: asked('states: { active: Running }\n    metadata: { ip: address }'),
    right: `machine:\n  resource: acme_server\n  metadata: { ip: {} }\n${asked('states: { active: Running }\n    metadata: { ip: address }')}`,
  },
  KG113: {
    meaning:
      'The step before is not always done: it is optional, or done only in some states. So there may be no answer of it. Use an answer in the wait of its own step, or let the step before be done always.',
    wrong: steps('call: POST /locks\n      optional: true'),
    right: steps('call: POST /locks'),
  },
  KG114: {
    meaning:
      'A credential is verified before it is stored. Where an api says nothing of verify, kloud credential add ends with error 413. Give a call that only asks, and succeeds where the credential works, or write it in stack.ts.',
    wrong: 'api:\n  info: manual',
    right: 'api:\n  verify: manual\n  info: manual',
  },
  KG115: {
    meaning:
      "Something waits for a state, or is done in one, that no word of info means: start waits for Running, stop for Stopped. It would wait in vain. Give the cloud's word for that state in api.info.states, unless your own info in machine.ts tells it.",
    wrong: started('wait: { state: Stopped }'),
    right: asked('states: { active: Running, off: Stopped }'),
  },
}

/** An api whose info ends with these lines. */
function asked(rest: string): string {
  return `api:\n  http: { baseUrl: https://api.acme.example }\n  info:\n    call: GET /machine\n    state: status\n    ${rest}`
}

/** An api whose start ends with these lines. */
function started(rest: string): string {
  return `${asked('states: { active: Running }')}\n  start:\n    call: POST /start\n    ${rest}`
}

/** An api that starts with two steps, the second of which uses the answer of the first. */
function steps(first: string): string {
  const second = 'call: POST /start\n      body: { lock: "${{ response.id }}" }'
  return `${asked('states: { active: Running }')}\n  start:\n    - ${first}\n    - ${second}`
}
