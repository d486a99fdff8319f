// In: tests that need the real Terraform. Out: the same, run; where there is no Terraform they say so, and in CI they fail.
import { describe } from 'vitest'
import { findTerraform, type TerraformBinary } from '../runtime/terraform/find.js'

const found = await findTerraform().catch((error: unknown) =>
  error instanceof Error ? error : new Error(String(error)),
)

/** A group of tests that run the real Terraform. */
export function describeWithTerraform(name: string, tests: (binary: TerraformBinary) => void): void {
  if (!(found instanceof Error)) describe(name, () => tests(found))
  else if (process.env.CI !== undefined) throw new Error(`${name} needs Terraform: ${found.message}`, { cause: found })
  else describe.skip(`${name} (left out: ${found.message})`, () => {})
}
