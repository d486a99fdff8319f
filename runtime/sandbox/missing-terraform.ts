// In: nothing. Out: why a test that needs Terraform cannot run here; nothing where it can.
import { findTerraform } from '../terraform/find.js'

/**
 * For tests that skip themselves on a machine without Terraform, and say why.
 *
 * @returns what is missing and how to get it; undefined where Terraform or OpenTofu is there
 * @throws KloudError where `CI` is set: there a missing Terraform is a failure, and not a skip
 */
export async function missingTerraform(): Promise<string | undefined> {
  try {
    await findTerraform()
    return undefined
  } catch (error) {
    if (process.env.CI !== undefined || !(error instanceof Error)) throw error
    return error.message
  }
}
