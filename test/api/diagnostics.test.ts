// What is said of an `api` that cannot work, each at its line and column.
import { describe, expect, it } from 'vitest'
import { findings, read, smallestWith } from '../spec/smallest.js'

/** The smallest spec with an api, which also verifies credentials unless it says how itself. */
function withApi(text: string): string {
  return smallestWith(/^ {2}verify:/m.test(text) ? text : `${text}\n  verify: manual`)
}

/** An api over http whose start is this step, which begins on line 7 with its first key in column 5. */
function step(text: string): string {
  return withApi(`api:
  http: { baseUrl: https://api.acme.example, error: { code: code } }
  info: { call: GET /machine, state: status, states: { on: Running } }
  start:
    call: POST /start
    ${text}`)
}

/** An api with a program, whose info ends with this. */
function program(text: string): string {
  return withApi(`api:
  exec: { program: acme }
  info:
    run: [status]
    ${text}`)
}

/** An api over http whose info ends with this. */
function info(text: string): string {
  return withApi(`api:
  http: { baseUrl: https://api.acme.example }
  info:
    call: GET /machine
    ${text}`)
}

function suggestions(text: string): (string | undefined)[] {
  return read(text).diagnostics.map(({ suggestion }) => suggestion)
}

describe('states', () => {
  it('are those of Kloud, and a slip is known', () => {
    const text = info('state: status\n    states: { off: stoped }\n    missing: Gone')
    expect(findings(text)).toEqual([
      expect.stringMatching(/^6:20 KG101 "stoped" is no state of a machine: states are Unknown, /),
      expect.stringMatching(/^7:14 KG101 "Gone" is no state/),
    ])
    expect(suggestions(text)).toEqual(['Stopped', undefined])
  })

  it('are waited for, and asked for before a step', () => {
    expect(findings(step('wait: { state: Runing }'))).toEqual([expect.stringMatching(/^6:20 KG101 /)])
    expect(findings(step('when: [Running, Haltd]'))).toEqual([expect.stringMatching(/^6:21 KG101 /)])
    expect(suggestions(step('when: Stoped'))).toEqual(['Stopped'])
  })

  it('that info never tells are warned of, where they are waited for', () => {
    const warnings = (text: string) =>
      read(text).diagnostics.map(({ code, severity, message }) => `${code} ${severity} ${message}`)
    const told = 'which info never tells: no word in api.info.states means it'
    expect(warnings(step('wait: { state: Stopped }'))).toEqual([`KG115 warning it waits for Stopped, ${told}`])
    expect(warnings(step('when: [Running, Stopped, Unknown]'))).toEqual([
      `KG115 warning the step is done when the machine is Stopped, ${told}`,
    ])
    expect(warnings(info('state: status\n    states: { on: Running }\n  stop: POST /stop'))).toEqual([
      `KG115 warning stop ends once the machine is Stopped, ${told}`,
    ])
    expect(
      warnings(info('state: status\n    states: { on: Running }\n    missing: Stopped\n  stop: POST /stop')),
    ).toEqual([])
    expect(warnings(withApi('api:\n  info: manual\n  stop: manual'))).toEqual([])
  })

  it('are behind words that are no members of every object', () => {
    expect(findings(info('state: status\n    states: { valueOf: Running }'))).toEqual([
      '6:15 KG012 valueOf cannot be a word of a cloud: every object of JavaScript has a member of that name',
    ])
  })

  it('must be told by info', () => {
    expect(findings(info('states: { on: Running }'))).toEqual([
      "3:3 KG021 missing key state in api.info: where the machine's state is in the answer, as JMESPath",
    ])
    expect(findings(info('state: status'))).toEqual([
      "3:3 KG021 missing key states in api.info: the cloud's words, each with Kloud's state",
    ])
    expect(findings(withApi('api:\n  http: { baseUrl: https://a.example }\n  info: GET /x'))).toEqual([
      '3:3 KG021 missing key state in api.info: write { call, state, states }, or manual',
    ])
  })
})

describe('JMESPath', () => {
  it.each([
    ["expect: ok = 'x'", '6:16 KG102 = is an assignment; write == to compare'],
    ['expect: "ok - 1"', '6:17 KG102 - is arithmetic'],
    ["expect: power-state == 'on'", '6:18 KG102 - is arithmetic; a name with a dash is written "power-state"'],
    [`retry: { if: "contain(message, 'x')" }`, '6:19 KG102 there is no function contain; did you mean contains?'],
    ['wait: { call: GET /x, until: status == }', '6:43 KG102 the expression ends too early'],
    ["wait: { call: GET /x, until: 'a == $respons.a' }", '6:40 KG102 there is no $respons; did you mean response?'],
    ["expect: '$response.a'", '6:14 KG102 there is no $response; none are known here'],
  ])('in %s is checked at its letter', (text, finding) => {
    expect(findings(step(text))).toEqual([finding])
  })

  it('has no expression of ours in it', () => {
    expect(findings(step("expect: status == '${{ credential.identifier | lower }}'"))).toContain(
      '6:24 KG102 this is JMESPath, asked of the answer: no ${{ }} is put into it',
    )
  })

  it.each([
    ['ok == true', 'error', 'true', 'the value is written `true`', 'ok == `true`'],
    ['a.b != None', 'error', 'None', 'the value is written `null`', 'a.b != `null`'],
    ['true', 'error', 'true', 'the value is written `true`', '`true`'],
    ['jobs[0].state == done', 'warning', 'done', "a text is written 'done'", "jobs[0].state == 'done'"],
    ['a || s != "it\'s"', 'warning', '"it\'s"', "a text is written 'it\\'s'", "a || s != 'it\\'s'"],
    ['[?s == up] | [0]', 'warning', 'up', "a text is written 'up'", "[?s == 'up'] | [0]"],
  ])('in %s compares with a path where a value was meant', (condition, severity, word, message, suggestion) => {
    expect(read(step(`expect: >-\n      ${condition}`)).diagnostics).toEqual([
      expect.objectContaining({
        code: 'KG111',
        severity,
        column: 7 + condition.indexOf(word),
        message: `${word} is a path of the answer here: ${message}`,
        suggestion,
      }),
    ])
  })

  it('compares with a word only where it is a field of what is known', () => {
    expect(read(step('when: word == off')).diagnostics).toEqual([
      expect.objectContaining({ severity: 'error', suggestion: "word == 'off'" }),
    ])
    expect(findings(step('when: word == state'))).toEqual([])
  })

  it.each([
    'a == b.c',
    'a == b[0]',
    'a == length(b)',
    "'x' == word",
    "word == 'x'",
    'length(a) == b',
    'a == `true`',
    'a.true.null',
    '{true: a, null: b}.true',
    'id == @.id',
    'a < b',
  ])('may be %s', (condition) => {
    expect(findings(step(`expect: >-\n      ${condition}`))).toEqual([])
  })

  it('is checked in the places of errors, states and metadata', () => {
    const text = withApi(`machine:
  resource: acme_server
  metadata: { ip: {} }
api:
  http: { baseUrl: https://a.example, error: { code: 'a..b', message: '[' } }
  info: { call: GET /x, state: [a, 'b |'], states: { on: Running }, metadata: { ip: 'c[' } }`)
    expect(findings(text).map((finding) => finding.slice(0, 10))).toEqual([
      '5:57 KG102',
      '5:73 KG102',
      '6:40 KG102',
      '6:88 KG102',
    ])
  })

  it.each([
    ['>-\n      app &&\n      on || app.x - 1', '8:19'],
    ['|\n      app &&\n        on = 1', '8:12'],
    ["'app == ''x'' && on = 1'", '6:32'],
    [String.raw`"app == \"x\" && on = 1"`, '6:32'],
    ['app &&\n      on = 1', '7:10'],
  ])('is found again where it is written as %j', (text, place) => {
    expect(findings(info(`states: { on: Running }\n    state: ${text}`))).toEqual([
      expect.stringMatching(`^${place} KG102 `),
    ])
  })

  it('must be able to find something where the answer is known', () => {
    const lines = "lines: '^(?<type>[^,]+),(?<data>.*)$'"
    const states = 'states: { on: Running }'
    expect(findings(program(`${lines}\n    state: "[?typ == 'state'].data | [0]"\n    ${states}`))).toEqual([
      '6:15 KG111 there is no typ: there are type and data; did you mean type?',
    ])
    expect(findings(program(`${lines}\n    state: data\n    ${states}`))).toEqual([
      '6:12 KG111 a list has no data: write [*].data or [0].data',
    ])
    expect(findings(program(`state: status\n    ${states}`))).toEqual(['5:12 KG111 a text has no status'])
    expect(findings(program(`state: '@'\n    ${states}`))).toEqual([])
    expect(findings(step("when: words == 'off'"))).toEqual([
      '6:11 KG111 there is no words: there are word and state; did you mean word?',
    ])
  })
})

describe('a call', () => {
  const call = (text: string) => withApi(`api:\n  http: { baseUrl: https://a.example }\n  verify: ${text}`)

  it.each([
    ['/account', 'a call is a method and a path, such as GET /machines/1', 'GET /account'],
    ['get /account', 'get is no method of HTTP: methods are GET, HEAD, POST, PUT, PATCH, DELETE', 'GET'],
    ['GETT /account', 'GETT is no method of HTTP: methods are GET, HEAD, POST, PUT, PATCH, DELETE', 'GET'],
  ])('%s is no request line', (text, message, suggestion) => {
    expect(findings(call(text))).toEqual([`3:11 KG106 ${message}`])
    expect(suggestions(call(text))).toEqual([suggestion])
  })

  it.each([
    ['GET account', 'the path of a call begins with /'],
    ['GET https://a.example/account', 'the path is added to baseUrl: leave the host out'],
    ['GET /account?all=1', 'the path of a call ends before ?: write parameters in query'],
    ['GET /a/../b', 'the path of a call holds no ..'],
    ['GET /a/{id}', 'the path of a call holds no { and no }: a value is written ${{ metadata.id }}'],
    ['GET /a/${metadata.id}', 'the path of a call holds no { and no }: a value is written ${{ metadata.id }}'],
    ['GET /a b', 'the path of a call holds no space, no # and no \\'],
    [
      'GET ${{ credential.region }}/x',
      'the path of a call begins with /, or with a value that is a path itself: | path',
    ],
  ])('%s has no path that can be called', (text, message) => {
    const spec = `${call(text)}credential: { region: {} }\n`.replace(/^credential:\n.*\n/m, '')
    expect(findings(spec)).toEqual([`3:15 KG106 ${message}`])
  })

  it('needs a transport', () => {
    expect(findings(withApi('api:\n  verify: GET /account'))).toEqual([
      '2:3 KG103 verify needs a transport: add api.http, api.sdk or api.exec, or write manual',
    ])
    expect(suggestions(withApi('api:\n  info: manuel'))).toEqual(['manual'])
  })

  it('has keys that its transport can carry', () => {
    expect(findings(step('run: [x]\n    json: true'))).toEqual([
      '6:5 KG104 run is for exec, and this api has http',
      '7:5 KG104 json is for exec, and this api has http',
    ])
    expect(findings(program("state: '@'\n    states: { on: Running }\n    query: { a: 1 }"))).toEqual([
      '7:5 KG104 query is for http, and this api has exec',
    ])
    expect(findings(info('state: a\n    states: { on: Running }\n    when: Running'))).toEqual([
      '7:5 KG104 info asks, and changes nothing: when is for the steps of start, stop, restart and destroy',
    ])
    expect(findings(withApi('api:\n  exec: { program: acme }\n  verify: check'))).toEqual([
      '3:11 KG104 verify runs a program here: write { run: [check] }, or manual',
    ])
  })

  it('that only asks has no body', () => {
    const text = withApi('api:\n  http: { baseUrl: https://a.example }\n  verify: { call: GET /x, body: { a: 1 } }')
    expect(findings(text)).toEqual(['3:27 KG104 a GET has no body: write parameters in query'])
  })

  it('is there', () => {
    const http = 'api:\n  http: { baseUrl: https://a.example }'
    expect(findings(withApi(`${http}\n  verify: { query: { a: 1 } }`))).toEqual([
      '3:3 KG021 missing key call in api.verify: a method and a path',
    ])
    expect(findings(withApi(`${http}\n  info: manual\n  start: []`))).toEqual([
      '4:10 KG110 start has no steps: take it away, or write manual',
    ])
  })

  it('of a client is the name of a command', () => {
    const sdk = "api:\n  sdk: { package: '@acme/client', client: AcmeClient }\n  verify: GET /account"
    expect(findings(withApi(sdk))).toEqual([
      '3:11 KG106 a call of an sdk is the name of a command, such as DescribeInstances',
    ])
  })
})

it('gets no suggestion that is an error again for a number or a truth in the place of a call or a condition', () => {
  expect(suggestions(withApi('api:\n  http: { baseUrl: https://api.acme.example }\n  verify: 5'))).toEqual([undefined])
  expect(suggestions(step('wait: { call: GET /jobs, until: true }'))).toEqual([undefined])
  expect(suggestions(info('state: status\n    states: { on: Running }\n    missing: 404'))).toEqual([
    '{ status: [404], state: NotInitialized }',
  ])
  expect(suggestions(program('json: true\n    state: status\n    states: { on: Running }\n    missing: 2'))).toEqual([
    '{ exit: [2], state: NotInitialized }',
  ])
})

it('that verifies no credential is warned of, since none can be stored', () => {
  const warning = expect.objectContaining({ code: 'KG114', severity: 'warning', line: 1, column: 1 })
  expect(read(smallestWith('api:\n  info: manual')).diagnostics).toEqual([warning])
  for (const fine of ['api:\n  info: manual\n  verify: manual', ''])
    expect(read(smallestWith(fine)).diagnostics).toEqual([])
})

describe('a transport', () => {
  const http = (text: string) => withApi(`api:\n  http: { ${text} }`)

  it.each([
    ['api.acme.example', '"api.acme.example" is no URL: it begins with https://'],
    [
      'http://api.acme.example',
      'plain http would show the credential to everybody on the way: use https, or say allowHttp: true',
    ],
    [
      'https://api.acme.example:99999',
      '"https://api.acme.example:99999" is no URL: 99999 is no port: ports are 1 to 65535',
    ],
    ['https://api acme.example', '"https://api acme.example" is no URL: there is a blank in its host'],
    ['https://', '"https://" is no URL: there is no host behind ://'],
    ['https://a^b', '"https://a^b" is no URL: a^b is no host'],
    ['https://ada:pw@api.acme.example', 'a URL holds no user and no password: give them as auth'],
    ['https://api.acme.example?v=1', 'this URL ends before ?: write parameters in query'],
  ])('does not lead to %s', (url, message) => {
    expect(findings(http(`baseUrl: ${url}`))).toEqual([`2:20 KG107 ${message}`])
  })

  it.each(['http://localhost:8080/v1', 'http://127.0.0.1', 'https://${{ credential.token | public }}.acme.example'])(
    'leads to %s',
    (url) => {
      expect(findings(http(`baseUrl: '${url}'`))).toEqual([])
    },
  )

  it('is one, let in one way', () => {
    const text = `api:
  http: { baseUrl: https://a.example, auth: { bearer: '\${{ credential.token }}', header: { X-Key: '\${{ credential.token }}' } } }
  exec: { program: acme }`
    expect(findings(withApi(text))).toEqual([
      '2:82 KG108 calls are let in one way, and there is bearer already: keep one',
      '3:3 KG108 an api has one transport, and this one has http already: keep one',
    ])
    expect(findings(http('baseUrl: https://a.example, auth: {}'))).toEqual([
      expect.stringMatching(/^2:39 KG062 auth says nothing: give one of bearer, basic, /),
    ])
  })

  it('has headers with names that can be sent, and values that are one value', () => {
    expect(findings(http("baseUrl: https://a.example, headers: { 'X Key': a, Y: [1] }"))).toEqual([
      '2:50 KG040 "X Key" cannot be the name of a header',
      '2:65 KG022 a header is text, a number or a truth',
    ])
  })

  it('is made with a package and a class that can be', () => {
    expect(findings(withApi('api:\n  sdk: { package: Acme Client, client: client }'))).toEqual([
      '2:19 KG040 package must be the name of an npm package: @aws-sdk/client-ec2',
      '2:40 KG040 client must be the name of a class in the package: EC2Client',
    ])
  })
})

describe('a wait', () => {
  it.each([
    ['{ timeout: 5m }', '6:5 KG109 a wait is for a state, or makes a call of its own until its answer is right'],
    ['{ call: GET /x }', '6:5 KG021 missing key until in api.start.wait: a condition on the answer that ends the wait'],
    [
      '{ state: Running, until: ok }',
      '6:29 KG109 a wait for a state asks through info: until is for a wait that makes a call of its own',
    ],
    [
      '{ call: GET /x, until: ok, interval: 1m, timeout: 30s }',
      '6:48 KG054 every 1m is never within a timeout of 30s: it would be asked once',
    ],
    ['{ call: x, until: ok }', '6:19 KG106 a call is a method and a path, such as GET /machines/1'],
  ])('%s does not end', (wait, finding) => {
    expect(findings(step(`wait: ${wait}`))).toEqual([finding])
  })
})

describe('a duration', () => {
  it.each([
    ['timeout: soon', '6:14 KG056 "soon" is not a duration: write it as 90s, 2m or 1h30m', undefined],
    ['timeout: 30', '6:14 KG056 30 is not a duration: write it as 90s, 2m or 1h30m', '30s'],
    ['retry: { for: 0s }', '6:19 KG056 "0s" is no time at all', undefined],
    [
      'wait: { state: Running, timeout: -1m }',
      '6:38 KG056 "-1m" is not a duration: write it as 90s, 2m or 1h30m',
      undefined,
    ],
    [
      'wait: { call: GET /x, until: a, interval: 1 h }',
      '6:47 KG056 "1 h" is not a duration: write it as 90s, 2m or 1h30m',
      undefined,
    ],
  ])('%s has a unit, and is longer than nothing', (text, finding, suggestion) => {
    expect(findings(step(text))).toEqual([finding])
    expect(suggestions(step(text))).toEqual([suggestion])
  })
})

describe('what is missing', () => {
  it('is told as its transport tells it', () => {
    const rest = "state: '@'\n    states: { on: Running }\n    "
    expect(findings(info(`${rest}missing: { exit: [1], state: NotInitialized }`))).toEqual([
      '7:16 KG104 exit is not how http says that something is missing: status, error',
    ])
    expect(findings(program(`${rest}missing: NotInitialized`))).toEqual([
      '7:14 KG021 a program has no status: write { exit: [ENOENT], state: NotInitialized }, or { empty: true, … }',
    ])
    expect(findings(info(`${rest}missing: { status: [200], state: NotInitialized }`))).toEqual([
      '7:25 KG054 200 is no status of a failure: those are 400 to 599',
    ])
  })

  it('is found by its code only where the spec says where codes are', () => {
    const text = info('state: a\n    states: { on: Running }\n    missing: { error: [NoSuch], state: NotInitialized }')
    expect(findings(text)).toEqual([
      '7:16 KG021 no code is ever found: say in api.http.error where it is, as { code: …, message: … }',
    ])
  })
})

describe('the output of a program', () => {
  const states = "state: '@'\n    states: { on: Running }"

  it.each([
    ["lines: '(?<a>['", /^5:12 KG055 this regular expression cannot be read: /],
    ["lines: '^(.*)$'", /^5:12 KG055 no group has a name, so nothing of a line would be kept: write \(\?<name>…\)$/],
    ["lines: '(?<a>.)'\n    json: true", /^5:5 KG108 the output is read as lines or as JSON: keep one$/],
  ])('is read by %s in no way', (text, finding) => {
    expect(findings(program(`${text}\n    ${states}`))).toEqual([expect.stringMatching(finding)])
  })
})

describe('an answer', () => {
  it('is used only where the step before is always done', () => {
    const text = withApi(`api:
  http: { baseUrl: https://a.example }
  info: manual
  start:
    - { call: POST /lock, optional: true }
    - { call: POST /start, body: { lock: '\${{ response.id }}' } }`)
    expect(findings(text)).toEqual(['6:47 KG113 the step before is not always done, so there may be no answer of it'])
  })

  it('is brought home into fields that there are', () => {
    const text = withApi(`machine:
  resource: acme_server
  metadata: { address: {}, key: { secret: true }, disks: { type: list } }
api:
  http: { baseUrl: https://a.example }
  info:
    call: GET /x
    state: a
    states: { on: Running }
    metadata: { addres: a, key: b, disks: c }`)
    expect(findings(text)).toEqual([
      '10:17 KG112 machine.metadata has no addres: it has address, key, disks',
      '10:28 KG112 key is a secret: info brings text, numbers and truths home',
      '10:36 KG112 disks is of type list: info brings text, numbers and truths home',
    ])
    expect(suggestions(text)[0]).toBe('address')
  })
})

describe('an expression in a call', () => {
  it.each([
    ["query: { key: '${{ credential.token }}' }", /^6:20 KG077 a secret cannot stand here: it would be part of a URL/],
    [
      "headers: { X-Zones: '${{ bootstrap.zones }}' }",
      /^6:30 KG073 bootstrap is available only where the bootstrap has outputs$/,
    ],
    ["body: { name: '${{ machine.name }}' }", /^6:24 KG073 machine is available only in the machine policy$/],
    [
      "body: { key: '${{ ssh.private_key }}' }",
      /^6:23 KG073 ssh is available only in terraform, bootstrap and the machine policy$/,
    ],
    ["body: { id: '${{ credential.identifier }}' }", /^6:33 KG072 credential has no identifier: it has token$/],
    ["body: { a: '${{ response.a }}' }", /^6:21 KG073 response is available only in the steps of api, after a call$/],
    ["body: { a: '${{ credential.token | path }}' }", /^6:40 KG075 path is for the path of a call$/],
  ])('%s has no place there', (text, finding) => {
    expect(findings(step(text))).toEqual([expect.stringMatching(finding)])
  })

  it('has no outputs of the bootstrap where there may be none yet', () => {
    const text = `bootstrap:
  resource: { acme_vpc: { main: {} } }
  outputs: { vpc: '\${acme_vpc.main.id}' }
api:
  http: { baseUrl: https://a.example, query: { vpc: '\${{ bootstrap.vpc }}' } }
  verify: GET /\${{ bootstrap.vpc }}`
    const message =
      'bootstrap is available only after the bootstrap: verify, and the connection that it is made with, come before'
    expect(findings(withApi(text))).toEqual([`5:58 KG073 ${message}`, `6:20 KG073 ${message}`])
  })

  it('gives no list to an SDK of which an item may be absent', () => {
    const text = withApi(`credential:
  zone: { required: false }
api:
  sdk: { package: '@acme/sdk', client: AcmeClient }
  info: { call: DescribeServers, input: { Zone: '\${{ credential.zone }}', Zones: ['\${{ credential.zone }}'] }, state: s, states: { up: Running } }`)
    expect(findings(text)).toEqual([
      expect.stringMatching(/^\d:\d+ KG076 this may be absent, and is needed here: require it, or give it a default$/),
    ])
  })

  it('gives one value where one is taken, and one that is there where it must be', () => {
    const text = withApi(`credential:
  zones: { type: list }
  url: { required: false }
api:
  http: { baseUrl: '\${{ credential.url }}', headers: { X-Zones: '\${{ credential.zones }}' } }`)
    expect(findings(text)).toEqual([
      '5:21 KG076 this may be absent, and is needed here: require it, or give it a default',
      '5:66 KG076 a list cannot stand here: text, a number or a truth can',
    ])
  })

  it('has path as its last filter', () => {
    const text = withApi(`credential:
  id: {}
api:
  http: { baseUrl: https://a.example }
  verify: GET \${{ credential.id | path | lower }}/x`)
    expect(findings(text)).toEqual(['5:35 KG075 path is the last filter: nothing can be done to a path'])
  })
})

describe('an expression that lacks its braces', () => {
  const parts = `credential: { token: { secret: true }, region: {} }
machine: { resource: acme_server, metadata: { id: { required: true } } }
`
  const start = (rest: string) => `${parts}api:
  http: { baseUrl: https://a.example, auth: { bearer: '\${{ credential.token }}' } }
  verify: manual
  info: manual
  start:
    call: POST /x
    ${rest}`
  const forgotten = (text: string) =>
    read(smallestWith(text)).diagnostics.map(({ code, severity, suggestion }) =>
      [code, severity, suggestion].filter((part) => part !== undefined).join(' '),
    )

  it.each([
    ["headers: { X-Token: '${credential.token}' }", 'KG083 error ${{ credential.token }}'],
    ["headers: { X-Token: 'Token {{ credential.token }}' }", 'KG070 error ${{ credential.token }}'],
    ['headers: { X-Token: credential.token }', 'KG070 warning ${{ credential.token }}'],
    ["body: { list: ['{metadata.id}'] }", 'KG070 warning ${{ metadata.id }}'],
    ["body: { id: '${metadata.id | upper}' }", 'KG083 error ${{ metadata.id | upper }}'],
    // What cannot stand there is not suggested.
    ["query: { key: '${credential.token}' }", 'KG083 error'],
    ["body: { id: '${machine.name}' }", 'KG083 error'],
    ["body: { id: '{{ response.id }}' }", 'KG070 warning'],
    ["body: { id: '${var.region}' }", 'KG083 warning'],
    ["body: { id: '${HOME}' }", 'KG083 warning'],
    ["wait: { call: POST /x, until: a, body: '{{ metadata.ip }}' }", 'KG070 error'],
  ])('%s is told of', (text, found) => {
    expect(forgotten(start(text))).toEqual([found])
  })

  it('is told of in the transport and at a program', () => {
    const text = `${parts}api:
  http: { baseUrl: 'https://\${credential.region}.a.example', auth: { bearer: credential.token } }
  verify: manual`
    for (const url of ['https://${credential.region}.a.example', '${credential.region}']) {
      const here = text.replace('https://${credential.region}.a.example', url)
      expect(forgotten(here)).toEqual(['KG083 error ${{ credential.region }}', 'KG070 warning ${{ credential.token }}'])
    }
    expect(
      forgotten(`${parts}api:
  exec: { program: sh, env: { TOKEN: '{{ credential.token }}' } }
  verify: { run: [-c, 'echo \${HOME}', '\${credential.region}'], stdin: 'echo \${HOME}' }`),
    ).toEqual(['KG070 error ${{ credential.token }}', 'KG083 error ${{ credential.region }}'])
  })

  it.each([
    "body: { a: '{{ name }} {a} {} { b: c }', b: metadata.other, c: credential, d: 'credential.token of' }",
    "body: { a: '$${{ credential.token }} ${{ metadata.id }}' }",
    "description: '${credential.token} of credential.token'",
    "expect: 'credential.token'",
  ])('is not found in %s', (text) => {
    expect(forgotten(start(text))).toEqual([])
  })
})
