import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { describeWithTerraform } from '../terraform.js'
import { type BuiltKloud, buildKloud } from './built.js'
import { startKloud } from './processes.js'
import { droplets, sandboxedKloud } from './sandboxed-kloud.js'

let built: BuiltKloud
beforeAll(async () => {
  built = await buildKloud(['digitalocean'])
})
afterAll(() => built.remove())

describeWithTerraform('kloud on the command line', () => {
  test('tells the whole story of a stack, each step with its exit code', async () => {
    const { folder, template, cloud } = await sandboxedKloud()
    const run = (...words: string[]) => startKloud(built.program, folder, ...words, '--sandbox').ended
    const example = join(process.cwd(), 'examples/digitalocean/one-machine.yaml')

    const applied = await run('apply', example)
    expect(applied.code).toBe(0)
    expect(applied.out).toMatch(
      /^MACHINE +STATE .*\nweb +Running +digitalocean +digitalocean_droplet\.web\n\naddress +198\./,
    )
    expect(applied.err).toMatch(
      /1 to create[\s\S]*web: its Klient called home[\s\S]*100% {2}Stack one-machine is built[\s\S]*kloud machine stop web/,
    )

    expect(await run('plan', example, '--exit-code')).toMatchObject({ code: 0, out: 'Nothing would change.\n' })
    expect(await run('machine', 'stop', 'web')).toMatchObject({ code: 0, out: 'web is Stopped\n' })
    expect(await run('machine', 'stop', 'web')).toMatchObject({ code: 0, out: 'web is Stopped already\n' })
    const info = await run('machine', 'info', 'web', '--json')
    expect(JSON.parse(info.out)).toEqual({ label: 'web', state: 'Stopped', rawState: 'off' })

    const refused = await run('destroy', 'one-machine')
    expect(refused.code).toBe(2)
    expect(refused.err).toMatch(/1 resource of one-machine would be destroyed: say --yes if that is meant/)
    expect(await run('destroy', 'one-machine', '--yes')).toMatchObject({
      code: 0,
      out: 'stack one-machine is destroyed\n',
    })
    expect(await cloud.list({ owner: 'stack:one-machine' })).toEqual([])
    expect((await run('events', 'one-machine')).out).toMatch(
      /apply +20%[\s\S]*stop +100%[\s\S]*destroy +100% {2}Stack one-machine is destroyed\n$/,
    )
    await template('gone.tf.json', droplets('gone'))
    const planned = await run('plan', 'gone.tf.json', '--exit-code')
    expect(planned.code).toBe(1)
    const [, id = ''] = /--plan (\S+)/.exec(planned.err) ?? []
    const planApplied = await run('apply', 'gone.tf.json', '--plan', id, '--yes')
    expect(planApplied.code).toBe(0)
    expect(planApplied.err).toMatch(/ {2}\+ digitalocean_droplet\.gone\n[\s\S]* 45% {2}1 to create\n/)
  }, 60_000)

  test('whoever reads the progress may go away: what is under way is brought to its end', async () => {
    const { folder, template } = await sandboxedKloud()
    await template('web.tf.json', droplets('web'))
    const words = ['apply', 'web.tf.json', '--sandbox', '--yes', '--fault', 'slow-create:digitalocean_droplet=500']
    const { child, ended } = startKloud(built.program, folder, ...words)
    child.stderr?.once('data', () => child.stderr?.destroy())
    expect(await ended).toMatchObject({ code: 0, out: expect.stringMatching(/^MACHINE .*\nweb +Running /) })
  }, 60_000)

  test('a Ctrl-C waits for Terraform, says where things stand, and ends with 130', async () => {
    const { folder, template, cloud } = await sandboxedKloud()
    await template('web.tf.json', droplets('web'))
    const words = ['apply', 'web.tf.json', '--sandbox', '--fault', 'slow-create:digitalocean_droplet=30000']
    const { child, ended } = startKloud(built.program, folder, ...words)
    let interrupted = false
    const looking = setInterval(async () => {
      if (interrupted || (await cloud.list({ type: 'digitalocean_droplet' })).length === 0) return
      interrupted = true
      child.kill('SIGINT')
    }, 50)
    const { code, err } = await ended
    clearInterval(looking)
    expect(code).toBe(130)
    expect(err).toMatch(
      /interrupted: stack web: terraform apply was interrupted.*of it exist now: digitalocean_droplet\.web.*\n {2}go on with: kloud apply /,
    )
  }, 60_000)

  test('on a terminal that is closed it ends as it would have, with its own code', async () => {
    const { kloud, folder, template, cloud } = await sandboxedKloud()
    await template('web.tf.json', droplets('web'))
    const words = ['apply', 'web.tf.json', '--sandbox', '--yes', '--fault', 'slow-create:digitalocean_droplet=1000']
    // The shell that waits for it lives on to tell.
    await writeFile(
      join(folder, 'run.sh'),
      `trap : HUP\n"${process.execPath}" "${built.program}" ${words.join(' ')}\necho $? > code\n`,
    )
    const child = spawn('script', ['-qec', 'exec sh run.sh', '/dev/null'], { cwd: folder, stdio: 'ignore' })
    await expect.poll(() => cloud.list({ type: 'digitalocean_droplet' })).toHaveLength(1)
    child.kill('SIGKILL')
    await expect.poll(() => readFile(join(folder, 'code'), 'utf8').catch(() => '')).toBe('0\n')
    expect(await kloud.machines()).toMatchObject([{ label: 'web', state: 'Running' }])
  }, 60_000)

  test.each([
    ['on a terminal that is closed is a Ctrl-C, however often it is said', true, 'Unknown'],
    ['without a terminal, as under nohup, is nothing', false, 'Running'],
  ])(
    'a hang-up %s',
    async (_, onTerminal, machineState) => {
      const { kloud, folder, template, cloud } = await sandboxedKloud()
      await template('web.tf.json', droplets('web'))
      const words = ['apply', 'web.tf.json', '--sandbox', '--yes', '--fault', 'slow-create:digitalocean_droplet=2000']
      const command = `echo $$ > pid; exec "${process.execPath}" "${built.program}" ${words.join(' ')}`
      const [program, args] = onTerminal ? ['script', ['-qec', command, '/dev/null']] : ['sh', ['-c', command]]
      const child = spawn(program, args, { cwd: folder, stdio: 'ignore' })
      const ended = once(child, 'close')
      await expect.poll(() => cloud.list({ type: 'digitalocean_droplet' })).toHaveLength(1)
      const pid = Number(await readFile(join(folder, 'pid'), 'utf8'))
      process.kill(pid, 'SIGHUP')
      process.kill(pid, 'SIGHUP')
      await ended
      expect(await kloud.machines()).toMatchObject([{ label: 'web', state: machineState }])
      expect((await kloud.stacks.get('web')).status).toBe('Initialized')
    },
    60_000,
  )
})
