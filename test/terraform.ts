// In: tests that need the real Terraform. Out: the same, run; where there is no Terraform they say so, and in CI they fail.
import { describe } from 'vitest'
import { missingTerraform } from '../runtime/sandbox/missing-terraform.js'
import { findTerraform, type TerraformBinary } from '../runtime/terraform/find.js'

const missing = await missingTerraform()
const found = missing === undefined ? await findTerraform() : undefined

/** A group of tests that run the real Terraform. */
export function describeWithTerraform(name: string, tests: (binary: TerraformBinary) => void): void {
  if (found === undefined) describe.skip(`${name} (left out: ${missing})`, () => {})
  else describe(name, () => tests(found))
}
