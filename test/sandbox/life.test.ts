import { expect, test } from 'vitest'
import type { JsonObject } from '../../runtime/json.js'
import { Secret } from '../../runtime/secret.js'
import { describeWithTerraform } from '../terraform.js'
import { sandboxed } from './sandboxed.js'

const digitalocean: JsonObject = {
  terraform: { required_providers: { digitalocean: { source: 'digitalocean/digitalocean', version: '~> 2.0' } } },
  variable: {
    token: { type: 'string', sensitive: true, ephemeral: true },
    keys: { type: 'map(string)', sensitive: true },
  },
  provider: { digitalocean: { token: '${var.token}' } },
  data: { digitalocean_image: { ubuntu: { slug: 'ubuntu-24-04-x64' } } },
  resource: {
    digitalocean_ssh_key: { kloud: { name: 'kloud', public_key: 'ssh-ed25519 AAAA' } },
    digitalocean_droplet: {
      web: {
        count: 2,
        name: 'web-${count.index}',
        image: '${data.digitalocean_image.ubuntu.id}',
        ssh_keys: ['${digitalocean_ssh_key.kloud.id}'],
        tags: ['a', 'b'],
        user_data: '${lookup(var.keys, count.index)}',
        lifecycle: { ignore_changes: ['image'] },
      },
      each: {
        for_each: '${nonsensitive(toset(keys(var.keys)))}',
        name: 'each-${each.key}',
        user_data: '${var.keys[each.key]}',
      },
    },
    digitalocean_firewall: {
      open: {
        droplet_ids: '${digitalocean_droplet.web[*].id}',
        dynamic: {
          inbound_rule: { for_each: ['22', '80'], content: { protocol: 'tcp', port_range: '${inbound_rule.value}' } },
        },
      },
    },
  },
  output: { ips: { value: '${digitalocean_droplet.web[*].ipv4_address}' } },
}

const aws: JsonObject = {
  terraform: { required_providers: { aws: { source: 'hashicorp/aws' } } },
  provider: { aws: { region: 'eu-central-1', default_tags: { tags: { by: 'kloud' } } } },
  data: { aws_ami: { ubuntu: { most_recent: true, filter: [{ name: 'name', values: ['ubuntu*'] }] } } },
  resource: {
    aws_vpc: { vpc: { cidr_block: '10.0.0.0/16', tags: { Name: 'kloud' } } },
    aws_internet_gateway: { igw: { vpc_id: '${aws_vpc.vpc.id}' } },
    aws_subnet: { subnet: { vpc_id: '${aws_vpc.vpc.id}', cidr_block: '${cidrsubnet(aws_vpc.vpc.cidr_block, 8, 1)}' } },
    aws_route: {
      out: {
        route_table_id: '${aws_vpc.vpc.main_route_table_id}',
        destination_cidr_block: '0.0.0.0/0',
        gateway_id: '${aws_internet_gateway.igw.id}',
      },
    },
    aws_security_group: {
      sg: {
        vpc_id: '${aws_vpc.vpc.id}',
        ingress: [{ from_port: 0, to_port: 0, protocol: '-1', cidr_blocks: ['0.0.0.0/0'] }],
      },
    },
    aws_instance: {
      web: {
        ami: '${data.aws_ami.ubuntu.id}',
        subnet_id: '${aws_subnet.subnet.id}',
        root_block_device: { volume_size: 8 },
      },
    },
  },
  output: {
    acl: { value: '${aws_vpc.vpc.default_network_acl_id}' },
    disk: { value: '${aws_instance.web.root_block_device[0].volume_id}' },
    ip: { value: '${aws_instance.web.public_ip}' },
  },
}

const google: JsonObject = {
  resource: {
    google_compute_instance: {
      vm: {
        name: 'vm',
        machine_type: 'e2-small',
        boot_disk: { initialize_params: { image: 'ubuntu' } },
        network_interface: [{ network: 'default', access_config: [{}] }],
        metadata: { 'user-data': '#!/bin/sh' },
      },
    },
  },
  output: { ip: { value: '${google_compute_instance.vm.network_interface[0].access_config[0].nat_ip}' } },
}

describeWithTerraform('stacks in the sandbox', (binary) => {
  test.each([
    ['DigitalOcean', digitalocean, 6],
    ['AWS', aws, 6],
    ['Google', google, 1],
  ])(
    'a stack of %s is planned, applied, found unchanged, and destroyed without a trace',
    async (_, template, resources) => {
      const variables = { token: new Secret('t0ken'), keys: new Secret({ 0: 'key ${zero}', 1: 'key one' }) }
      const { terraform, cloud } = await sandboxed(binary, template, template === digitalocean ? { variables } : {})
      await terraform.init()
      const plan = await terraform.plan()
      expect(plan.counts).toEqual({ create: resources, update: 0, replace: 0, delete: 0, forget: 0 })
      await terraform.apply(plan)
      expect(await cloud.list()).toHaveLength(resources)
      expect(await terraform.plan()).toMatchObject({ hasChanges: false, drift: [] })
      await terraform.destroy()
      expect(await cloud.list()).toEqual([])
    },
  )

  test('what the cloud decides is there after the apply, and stays as it is', async () => {
    const hints = { aws_vpc: { id: { pattern: '^vpc-[0-9a-f]{17}$' } } }
    const { terraform, cloud } = await sandboxed(binary, aws, { hints })
    await terraform.apply(await terraform.plan())
    const outputs = await terraform.outputs()
    expect(outputs.ip?.value).toMatch(/^198\.1[89]\.\d+\.\d+$/)
    const [vpc] = await cloud.list({ type: 'aws_vpc' })
    expect(vpc?.id).toMatch(/^vpc-[0-9a-f]{17}$/)
    const [subnet] = await cloud.list({ type: 'aws_subnet' })
    expect(subnet?.attributes).toMatchObject({ vpc_id: vpc?.id, cidr_block: '10.0.1.0/24' })
    expect(await terraform.outputs()).toEqual(outputs)
  })

  test('a resource that vanished is made again', async () => {
    const { terraform, cloud } = await sandboxed(binary, google)
    await terraform.apply(await terraform.plan())
    await cloud.inject({ kind: 'vanish', type: 'google_compute_instance' })
    const plan = await terraform.plan()
    expect(plan.counts.create).toBe(1)
    await terraform.apply(plan)
    expect(await cloud.list()).toHaveLength(1)
  })

  test('what changed in the cloud is seen, and planned back', async () => {
    const { terraform, cloud } = await sandboxed(binary, google)
    await terraform.apply(await terraform.plan())
    const [vm] = await cloud.list()
    await cloud.update(vm?.key ?? '', { name: 'renamed', metadata: { 'user-data': 'x', more: [1, true, null] } })
    const plan = await terraform.plan()
    expect(plan.counts.update).toBe(1)
    await terraform.apply(plan)
    expect((await cloud.list())[0]?.attributes).toMatchObject({ name: 'vm', metadata: { 'user-data': '#!/bin/sh' } })
  })

  const vm = (body: JsonObject, rest: JsonObject = {}): JsonObject => ({
    resource: { acme_vm: { web: body } },
    ...rest,
  })

  test('an argument that is changed, added or taken out is an update in place', async () => {
    const { terraform, cloud, change } = await sandboxed(binary, vm({ size: 1, tags: ['a'] }))
    await terraform.apply(await terraform.plan())
    const changed = await change(vm({ size: 2, labels: { a: 'b' } }))
    const plan = await changed.plan()
    expect(plan.changes).toMatchObject([{ address: 'acme_vm.web', action: 'update' }])
    await changed.apply(plan)
    expect((await cloud.list())[0]?.attributes).toMatchObject({ size: 2, tags: null, labels: { a: 'b' } })
    expect(await changed.plan()).toMatchObject({ hasChanges: false })
  })

  test('a change of what cannot change in place is a replacement', async () => {
    const { terraform, change } = await sandboxed(binary, vm({ image: 'old', flavor: 1 }), { fixed: ['flavor'] })
    await terraform.apply(await terraform.plan())
    const one = await (await change(vm({ image: 'new', flavor: 1 }))).plan()
    expect(one).toMatchObject({ counts: { replace: 1 }, steps: 2, changes: [{ reason: 'cannot_update' }] })
    expect((await (await change(vm({ image: 'old', flavor: 2 }))).plan()).counts.replace).toBe(1)
  })

  test('state made under a schema of another form is still read', async () => {
    const { terraform, change } = await sandboxed(
      binary,
      vm({ nic: [{ network: 'a' }, { network: 'b', mtu: 9000 }], big: 9_007_199_254_740_991 }),
    )
    await terraform.apply(await terraform.plan())
    const ip = { output: { ip: { value: '${acme_vm.web.nic[0].ip}' } } }
    const asBlocks = await change(
      vm({ nic: [{ network: 'a' }, { network: 'b', mtu: 9000 }], big: 9_007_199_254_740_991 }, ip),
    )
    const plan = await asBlocks.plan()
    expect(plan.changes).toEqual([])
    await asBlocks.apply(plan)
    expect((await asBlocks.outputs()).ip?.value).toMatch(/^198/)
    const asAttribute = await change(vm({ nic: [{ network: 'a' }] }))
    expect((await asAttribute.plan()).counts.update).toBe(1)
    await asAttribute.destroy()
  })

  test('a resource whose type is no longer in the template is destroyed', async () => {
    const { terraform, cloud, change } = await sandboxed(
      binary,
      vm({ size: 1 }, { resource: { acme_vm: { web: { size: 1 } }, acme_disk: { data: { gb: 1 } } } }),
    )
    await terraform.apply(await terraform.plan())
    const changed = await change(vm({ size: 1 }))
    const plan = await changed.plan()
    expect(plan.changes).toMatchObject([{ address: 'acme_disk.data', action: 'delete' }])
    await changed.apply(plan)
    expect((await cloud.list()).map(({ type }) => type)).toEqual(['acme_vm'])
  })

  test('a real schema with nested blocks, sets and computed parts is served as it is', async () => {
    const nested = (nesting_mode: 'list' | 'set' | 'single' | 'map' | 'group') =>
      ({
        nesting_mode,
        block: { attributes: { size: { type: 'number', optional: true }, path: { type: 'string', computed: true } } },
      }) as const
    const schema = {
      provider: { version: 0, block: { attributes: { token: { type: 'string', optional: true, sensitive: true } } } },
      resource_schemas: {
        acme_vm: {
          version: 1,
          block: {
            attributes: {
              id: { type: 'string', computed: true },
              name: { type: 'string', required: true },
              size: { type: 'string', optional: true, computed: true },
              addresses: { type: ['list', 'string'], computed: true },
              password: { type: 'string', optional: true, write_only: true },
              labels: { type: ['map', 'string'], optional: true, computed: true },
              zones: {
                nested_type: {
                  nesting_mode: 'list',
                  attributes: { name: { type: 'string', optional: true }, id: { type: 'string', computed: true } },
                },
                optional: true,
              },
            },
            block_types: {
              disk: nested('list'),
              mount: nested('set'),
              boot: nested('single'),
              slot: nested('map'),
              timeouts: nested('group'),
              none: nested('list'),
            },
          },
        },
      },
    } as const
    const body = {
      name: 'web',
      password: 'w',
      zones: [{ name: 'a' }, {}],
      disk: [{ size: 1 }, {}],
      mount: [{ size: 2 }, { size: 3 }],
      boot: { size: 4 },
      slot: { a: { size: 5 } },
    }
    const { terraform, cloud } = await sandboxed(binary, vm(body), { schemas: { 'hashicorp/acme': schema } })
    await terraform.apply(await terraform.plan())
    expect((await cloud.list())[0]?.attributes).toMatchObject({
      name: 'web',
      size: expect.any(String),
      addresses: [expect.any(String), expect.any(String), expect.any(String)],
      password: null,
      zones: [
        { name: 'a', id: expect.any(String) },
        { name: null, id: expect.any(String) },
      ],
      disk: [
        { size: 1, path: expect.any(String) },
        { size: null, path: expect.any(String) },
      ],
      boot: { size: 4, path: expect.any(String) },
      slot: { a: { size: 5, path: expect.any(String) } },
      timeouts: { size: null },
      none: [],
    })
    expect(await terraform.plan()).toMatchObject({ hasChanges: false, drift: [] })
    await terraform.destroy()
  })

  test('values of every kind come back as they were given', async () => {
    const values = {
      text: 'ünï\u0000code "quoted" \\ $${x}',
      no: false,
      one: 1,
      half: 0.5,
      tenth: 0.1,
      large: 9_007_199_254_740_993n.toString(),
      nothing: null,
      list: [],
      map: {},
      deep: [[{ a: [1, 'b', null] }]],
    }
    const { terraform } = await sandboxed(
      binary,
      vm(
        { values: '${jsondecode(var.values)}', number: '${9007199254740993}' },
        {
          variable: { values: { type: 'string' } },
          output: {
            back: { value: '${jsonencode(acme_vm.web.values)}' },
            number: { value: '${tostring(acme_vm.web.number)}' },
          },
        },
      ),
      {
        variables: { values: JSON.stringify(values) },
      },
    )
    await terraform.apply(await terraform.plan())
    const outputs = await terraform.outputs()
    expect(JSON.parse(String(outputs.back?.value))).toEqual(values)
    expect(outputs.number?.value).toBe('9007199254740993')
    expect(await terraform.plan()).toMatchObject({ hasChanges: false, drift: [] })
  })
})
