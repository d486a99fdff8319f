// User data that holds expressions, what they are worked out from, and what comes of them.
import { gzipSync } from 'node:zlib'
import { expect } from 'vitest'
import type { MachineSetup } from '../../runtime/klient/read-user-data.js'

export const KEY = 'eyJhbGciOiJSUzI1NiJ9.eyJqdGkiOiIxIn0.c2ln'
const plainScript = '#!/bin/sh\necho plain $' + '{HOME}\n'
const message = [
  'Content-Type: multipart/mixed; boundary="inner"\nMIME-Version: 1.0\n',
  '--inner\nContent-Type: text/x-shellscript\n\n#!/bin/sh\necho of a message',
  '--inner\nContent-Type: text/cloud-config\n\n#cloud-config\npackages: [of-a-message]',
  '--inner--\n',
].join('\n')
const cloudConfig = '#cloud-config\npackages: [of-a-file]\nruncmd: [echo ö]\n'

export const variables = {
  kitekeys_web: { 0: KEY },
  word: 'wörd',
  number: 8080,
  lines: 'one\n  two "quoted" \\ back\n\nlast $x',
  list: ['a', 'b c'],
  flag: true,
  nothing: null,
  shebang: '#!/bin/bash',
  packed: Buffer.from(gzipSync(plainScript)).toString('base64'),
  message,
}
export const files = {
  'script.sh': plainScript,
  'windows.sh': `\ufeff${plainScript}`,
  'config.yaml': cloudConfig,
  'message.txt': message,
  'script.tftpl': '#!/bin/sh\necho ${word}\n',
}

/** Scripts; what the machine runs must be what Terraform makes of each. */
export const scripts = {
  words: '#!/bin/sh\necho ${var.word} $${HOME} %%{x} $HOME "quoted" \\ \'single\'\n',
  lines: '#!/bin/sh\ncat <<END\n${var.lines}\n\tindented ${var.lines} and on\nEND\n',
  'no newline at the end': '#!/bin/sh\necho ${var.lines} end',
  'newlines at the end': '#!/bin/sh\necho ${var.lines}\n\n\n',
  directives:
    '#!/bin/sh\n%{ for item in var.list ~}\necho "${item}"\n%{ endfor ~}\n%{ if !var.flag }no%{ else }yes "${var.word}"%{ endif }\n',
  'calls of several lines':
    '#!/bin/sh\necho ${join(" ", [\n  for item in var.list :\n  "${item}!"\n])} ${~ var.word ~} x\n',
  'escapes of a terminal': '#!/bin/sh\nprintf "\x1b[1m${var.word}"\n',
}

/** Cloud-config; each key must be what cloud-init would read of what Terraform makes of it. */
export const configs = {
  flow: '#cloud-config\npackages: [x, ${var.word}, "${var.word} y"]\nport: ${var.number}\n"${var.word}": 1\n',
  blocks:
    '#cloud-config\nwrite_files:\n    - path: /etc/x\n      content: |\n        a\n        ${indent(8, var.lines)}\n        b\n    - {path: /etc/y, content: "${var.word}\\n$${z}"}\n',
  folded: '#cloud-config\nfinal: >-\n  a\n  ${var.word}\n\n  b\n',
  'values worked out': '#cloud-config\npackages: ${jsonencode(var.list)}\n',
  'structure worked out':
    '#cloud-config\npackages:\n%{ for item in var.list ~}\n  - "${item}"\n%{ endfor ~}\nruncmd: [theirs]\n',
  'lines worked out': '#cloud-config\n${yamlencode({ packages = var.list, note = var.lines })}',
  'deep indentation': '#cloud-config\na:\n b:\n  c:\n   d: |\n    ${indent(4, var.lines)}\n',
}

/** Null is no user data: cloud-init passes an empty part over. */
const onlyOurs = {
  scripts: [],
  unread: [{ type: 'text/plain', text: '' }],
  config: { runcmd: ['/var/lib/koding/provision.sh'] },
}

/** Expressions as a whole; what each must come to on the machine. */
export const expressions: Record<string, [userData: string, expected: Partial<Record<keyof MachineSetup, unknown>>]> = {
  'a script': ['${file("script.sh")}', { scripts: [plainScript] }],
  'a script of Windows': ['${file("windows.sh")}', { scripts: [plainScript] }],
  'a template': ['${templatefile("script.tftpl", { word = var.word })}', { scripts: ['#!/bin/sh\necho wörd\n'] }],
  'a cloud-config': [
    '${file("config.yaml")}',
    {
      config: expect.objectContaining({ packages: ['of-a-file'], runcmd: ['echo ö', '/var/lib/koding/provision.sh'] }),
    },
  ],
  'a message': [
    '${file("message.txt")}',
    { scripts: ['#!/bin/sh\necho of a message'], config: expect.objectContaining({ packages: ['of-a-message'] }) },
  ],
  'a message in base64': ['${base64encode(var.message) }', { scripts: ['#!/bin/sh\necho of a message'] }],
  'a script in base64': ['${filebase64("script.sh")}', { scripts: [plainScript] }],
  'base64 that is worked out': ['${join("", [base64encode(file("script.sh"))])}', { scripts: [plainScript] }],
  'gzip in base64': ['${var.packed}', { scripts: [plainScript] }],
  'a text in base64': ['${base64encode("#!/bin/sh\\necho ${var.word}\\n")}', { scripts: ['#!/bin/sh\necho wörd\n'] }],
  'a text with a choice in base64': [
    '${base64encode("#!/bin/sh\\n%{ if var.flag }echo \\"${var.word}\\"\\n%{ endif }")}',
    { scripts: ['#!/bin/sh\necho "wörd"\n'] },
  ],
  'a choice': ['${var.flag ? file("script.sh") : ""}', { scripts: [plainScript] }],
  'nothing, in a variable': ['${var.nothing}', onlyOurs],
  'nothing, by a choice': ['${var.flag ? null : file("script.sh")}', onlyOurs],
  'nothing, in base64': ['${base64encode(var.nothing)}', onlyOurs],
  'nothing, as is known late': ['${timestamp() == "" ? file("script.sh") : null}', onlyOurs],
  'a script, as is known late': ['${timestamp() == "" ? null : file("script.sh")}', { scripts: [plainScript] }],
  'a variable that could be nothing': ['${var.message}', { scripts: ['#!/bin/sh\necho of a message'] }],
  'a beginning that is worked out': ['${var.shebang}\necho ${var.word}\n', { scripts: ['#!/bin/bash\necho wörd\n'] }],
  'an address to include': [
    '#include\nhttps://${var.word}.example\n',
    { unread: [{ type: 'text/x-include-url', text: '#include\nhttps://wörd.example\n' }] },
  ],
  'a message around expressions': [
    message.replace('of a message', '${var.shebang}').replace('of-a-message', '${var.number}'),
    { scripts: ['#!/bin/sh\necho #!/bin/bash'], config: expect.objectContaining({ packages: [8080] }) },
  ],
}
