// generated/marathon/stack.gen.ts: from specs/marathon.yaml. Edit the spec, not this file.
import { BaseStack, type MachineResource, type ProviderBlock, text } from 'kloud-gen/runtime'
import { connect } from './machine.gen.js'
import type { Bootstrap, Credential } from './schema.gen.js'

/** How a stack is put together on Marathon. Extend it in `stack.ts`. */
export class MarathonStack extends BaseStack<Credential, Bootstrap> {
  /** Fills Marathon's provider block where a template leaves a gap. */
  override fillProvider(provider: ProviderBlock): void {
    provider.default('url', this.credential.url)
    provider.default('basic_auth_user', this.credential.basic_auth_user)
    provider.default('basic_auth_password', this.credential.basic_auth_password)
  }

  /** What every app gets on Marathon; the user's own values win. */
  override fillMachine(app: MachineResource): void {
    app.require('app_id', 'cmd', 'container.docker.image')
    app.default('count', app.get('instances'))
    app.default('container.docker.network', 'BRIDGE')
    app.default('cpus', 0.5)
    app.default('mem', 256)
    app.set('instances', 1)
    app.set('app_id', text`${app.get('app_id')}-${app.index}`)
    app.set('env.KODING_KLIENT_URL', '${var.koding_klient_url}')
    app.set('env.KODING_KLIENT_SHA256', '${var.koding_klient_sha256}')
    app.set(
      'cmd',
      text`(set -e; umask 077; mkdir -p /opt/kite/klient /var/lib/koding; printf %s "$KODING_METADATA" > /var/lib/koding/metadata.json; archive=/opt/kite/klient/klient.gz; (curl -fsSL "$KODING_KLIENT_URL" || wget -qO- "$KODING_KLIENT_URL") > $archive; case "$(sha256sum $archive || openssl dgst -sha256 -r $archive)" in "$KODING_KLIENT_SHA256"*) ;; *) echo 'Klient does not have the checksum that it should have' >&2; exit 1 ;; esac; gzip -dc $archive > /opt/kite/klient/klient; chmod +x /opt/kite/klient/klient; exec /opt/kite/klient/klient -metadata-file /var/lib/koding/metadata.json run) & ${app.get('cmd')}`,
    )
    app.append('container.docker.port_mappings.port_mapping', [
      { container_port: 56_789, host_port: 0, protocol: 'tcp' },
    ])
    app.append('lifecycle.ignore_changes', ['instances'])
    app.forbid('args', 'use cmd: it starts Klient, and then what you say')
  }

  /** Asks Marathon for `/v2/info`; the credential works if it answers. */
  override async verifyCredential(signal: AbortSignal): Promise<void> {
    await connect(this.credential, this.wire).get('/v2/info', { signal })
  }
}
