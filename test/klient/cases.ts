// User data of every kind, as users write it.
import { gzipSync } from 'node:zlib'

const script = '#!/bin/bash\nset -e\necho "héllo" > /tmp/greeting\n'

const config = `#cloud-config
# the usual
package_update: yes
packages: [git, "vim"]
users:
  - default
  - name: ada
    groups: docker
  - name: bob
write_files:
  - path: /etc/motd
    permissions: '0644'
    content: |
      Wëlcome
        home
runcmd:
  - [systemctl, enable, docker]
  - echo done
timezone: Europe/Berlin
`

/** Cloud-init spoils accents in text that is not in base64, and in text that is packed. */
const plainScript = script.replace('é', 'e')

const message = (...parts: string[]) =>
  `Content-Type: multipart/mixed; boundary="==B=="\nMIME-Version: 1.0\n\n${parts.map((part) => `--==B==\n${part}\n`).join('')}--==B==--\n`

const base64 = (text: string | Uint8Array) => Buffer.from(text).toString('base64')

/** By a name for each. */
export const cases = {
  none: '',
  blank: ' \n',
  script,
  python: '#! /usr/bin/env python3\nprint("hi")\n',
  'script without a newline at its end': '#!/bin/sh\necho hi',
  'script with escapes of a terminal': '#!/bin/sh\nprintf "\x1b[1m"\n\techo\u2028x\n',
  'script with a message in it': '#!/bin/sh\ncat <<EOF\nMIME-Version: 1.0\nContent-Type: text/plain\n\nhi\nEOF\n',
  'script of Windows': `\ufeff${script.replaceAll('\n', '\r\n')}`,
  'script in base64': base64(script),
  'script in gzip in base64': base64(gzipSync(script)),
  'cloud-config': config,
  'cloud-config of Windows': `\ufeff${config.replaceAll('\n', '\r\n')}`,
  'cloud-config in base64': base64(config),
  'empty cloud-config': '#cloud-config\n',
  'cloud-config that would be left out':
    "#cloud-config\nmerge_how: 'list(append)+str()'\nmerge_type: heap\npackages: [git]\n",
  message: message(
    `Content-Type: text/cloud-config; charset="us-ascii"\n\n${config.replaceAll('ë', 'e')}`,
    'Content-Type: text/x-shellscript\nContent-Disposition: attachment; filename="setup.sh"\n\n#!/bin/sh\necho setup',
    'Content-Type: text/plain\n\n#cloud-boothook\n#!/bin/sh\necho boot',
  ),
  'message of encoded parts': message(
    `Content-Type: text/cloud-config\nContent-Transfer-Encoding: base64\n\n${base64(config)}`,
    `Content-Type: application/x-gzip\nContent-Transfer-Encoding: base64\n\n${base64(gzipSync(plainScript))}`,
    'Content-Type: text/cloud-config\nContent-Transfer-Encoding: quoted-printable\nMerge-Type: list(append)+dict(no_replace,recurse_list)+str()\n\npackages: [caf=C3=A9, =\nhtop]\n',
  ),
  'message in a message': message(
    `Content-Type: multipart/mixed; boundary=inner\n\n--inner\nContent-Type: text/cloud-config\n\n#cloud-config\npackages: [a]\n\n--inner\n\n${'#!/bin/sh\necho inner'}\n--inner--`,
    'Content-Type: text/cloud-config\n\npackages: [b]\nmerge_how: "list(append)+dict(recurse_list)+str()"',
  ),
  'message of parts that are read on the machine': message(
    'Content-Type: text/x-include-url\n\nhttps://example.com/config',
    'Content-Type: text/cloud-config\n\npackages: [b]\nruncmd: [b]',
  ),
  'message of a patch': message(
    'Content-Type: text/cloud-config\n\npackages: [b]',
    'Content-Type: text/cloud-config-jsonp\n\n#cloud-config-jsonp\n[{"op": "add", "path": "/packages/1", "value": "c"}]',
  ),
  'message in gzip in base64': base64(gzipSync(message(`Content-Type: text/plain\n\n${plainScript}`))),
  include: '#include\nhttps://example.com/config\n',
  boothook: '#cloud-boothook\n#!/bin/sh\necho boot\n',
  jinja: '## template: jinja\n#cloud-config\npackages: [ {{ v1.region }} ]\n',
  archive: '#cloud-config-archive\n- "#!/bin/sh\\necho a"\n- content: |\n    packages: [d]\n    runcmd: [d]\n',
  'part handler': '#part-handler\ndef list_types():\n  return ["text/x"]\n',
} as const

export type CaseName = keyof typeof cases
