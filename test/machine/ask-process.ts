// A process that calls a cloud, for what Node reads from its environment when it starts. In: the cloud's address. Out: the status of its answer, or what failed.
import { HttpApi } from '../../runtime/machine/http-api.js'

async function ask(baseUrl: string): Promise<void> {
  const asked = new HttpApi({ baseUrl }, { pace: 0 }).get('/x', { signal: AbortSignal.timeout(60_000) })
  console.log(
    await asked.then(
      ({ status }) => status,
      (error: Error) => error.message,
    ),
  )
  process.exit()
}

void ask(process.argv[2] ?? '')
