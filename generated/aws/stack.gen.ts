// generated/aws/stack.gen.ts: from specs/aws.yaml. Edit the spec, not this file.
import {
  BaseStack,
  type BootstrapTemplate,
  type MachineResource,
  type MetadataPatch,
  type ProviderBlock,
} from 'kloud-gen/runtime'
import { connect } from './machine.gen.js'
import type { Bootstrap, Credential, MetadataFields } from './schema.gen.js'

/** How a stack is put together on Amazon Web Services. Extend it in `stack.ts`. */
export class AwsStack extends BaseStack<Credential, Bootstrap> {
  /**
   * Makes `aws_vpc`, `aws_internet_gateway`, `aws_subnet`, `aws_route_table`, `aws_route_table_association`,
   * `aws_route`, `aws_security_group`, `aws_vpc_security_group_ingress_rule`, `aws_vpc_security_group_egress_rule` and
   * `aws_key_pair`, once for each Amazon Web Services credential.
   */
  override bootstrapTemplate(): BootstrapTemplate {
    return {
      data: {
        aws_ami: {
          ubuntu: {
            most_recent: true,
            owners: ['099720109477'],
            filter: [{ name: 'name', values: ['ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-*'] }],
          },
        },
        aws_ec2_instance_type_offerings: {
          small: { location_type: 'availability-zone', filter: [{ name: 'instance-type', values: ['t3.micro'] }] },
        },
      },
      resource: {
        aws_vpc: {
          kloud: { cidr_block: '10.0.0.0/16', enable_dns_hostnames: true, tags: { Name: this.bootstrapName } },
        },
        aws_internet_gateway: { kloud: { vpc_id: '${aws_vpc.kloud.id}', tags: { Name: this.bootstrapName } } },
        aws_subnet: {
          kloud: {
            vpc_id: '${aws_vpc.kloud.id}',
            cidr_block: '10.0.10.0/24',
            availability_zone: '${sort(data.aws_ec2_instance_type_offerings.small.locations)[0]}',
            map_public_ip_on_launch: true,
            tags: { Name: this.bootstrapName },
            lifecycle: { ignore_changes: ['availability_zone'] },
          },
        },
        aws_route_table: { kloud: { vpc_id: '${aws_vpc.kloud.id}', tags: { Name: this.bootstrapName } } },
        aws_route_table_association: {
          kloud: { subnet_id: '${aws_subnet.kloud.id}', route_table_id: '${aws_route_table.kloud.id}' },
        },
        aws_route: {
          all: {
            route_table_id: '${aws_route_table.kloud.id}',
            destination_cidr_block: '0.0.0.0/0',
            gateway_id: '${aws_internet_gateway.kloud.id}',
          },
        },
        aws_security_group: {
          kloud: { name: this.bootstrapName, vpc_id: '${aws_vpc.kloud.id}', tags: { Name: this.bootstrapName } },
        },
        aws_vpc_security_group_ingress_rule: {
          all: { security_group_id: '${aws_security_group.kloud.id}', ip_protocol: '-1', cidr_ipv4: '0.0.0.0/0' },
        },
        aws_vpc_security_group_egress_rule: {
          all: { security_group_id: '${aws_security_group.kloud.id}', ip_protocol: '-1', cidr_ipv4: '0.0.0.0/0' },
        },
        aws_key_pair: {
          kloud: { key_name: this.bootstrapName, public_key: this.ssh.public_key, tags: { Name: this.bootstrapName } },
        },
      },
      output: {
        acl: '${aws_vpc.kloud.default_network_acl_id}',
        cidr_block: '${aws_vpc.kloud.cidr_block}',
        igw: '${aws_internet_gateway.kloud.id}',
        key_pair: '${aws_key_pair.kloud.key_name}',
        rtb: '${aws_route_table.kloud.id}',
        sg: '${aws_security_group.kloud.id}',
        subnet: '${aws_subnet.kloud.id}',
        vpc: '${aws_vpc.kloud.id}',
        ami: '${data.aws_ami.ubuntu.id}',
      },
    }
  }

  /** Fills Amazon Web Services's provider block where a template leaves a gap. */
  override fillProvider(provider: ProviderBlock): void {
    provider.default('access_key', this.credential.access_key)
    provider.default('secret_key', this.credential.secret_key)
    provider.default('region', this.credential.region)
  }

  /** What every instance gets on Amazon Web Services; the user's own values win. */
  override fillMachine(instance: MachineResource): void {
    instance.default('metadata_options.http_tokens', 'required')
    if (!instance.hasAny('launch_template')) {
      instance.default('ami', this.bootstrap.ami)
      instance.default('instance_type', 't3.micro')
      instance.default('key_name', this.bootstrap.key_pair)
    }
    if (!instance.hasAny('subnet_id', 'primary_network_interface', 'network_interface', 'launch_template')) {
      instance.default('subnet_id', this.bootstrap.subnet)
      instance.default('vpc_security_group_ids', [this.bootstrap.sg])
    }
    instance.append('lifecycle.ignore_changes', ['ami'])
    instance.forbid('user_data_base64', 'write user_data, as plain text: it is joined with what Klient needs')
  }

  /** What is remembered of an instance that is no attribute of it. */
  override metadataValues(): MetadataPatch<MetadataFields> {
    return { region: this.credential.region }
  }

  /** Calls `DescribeVpcs`; the credential works if Amazon Web Services answers. */
  override async verifyCredential(signal: AbortSignal): Promise<void> {
    await connect(this.credential, this.wire).call(
      'DescribeVpcs',
      { signal },
      (client, { DescribeVpcsCommand }, abortSignal) =>
        client.send(new DescribeVpcsCommand({ MaxResults: 5 }), { abortSignal }),
    )
  }
}
