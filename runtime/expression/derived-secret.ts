// In: secrets, and how a value is made of them. Out: a secret that is still known to be made of those, so that a template can refer to them.
import { Secret } from '../secret.js'

/** Gives the Terraform expression for a secret, such as `var.aws_secret_key`. */
export type Reference = (secret: Secret<unknown>) => string

/** How Terraform makes the same value out of the original secrets. */
export interface SecretMaking {
  /** As an expression: `base64encode(var.aws_secret_key)`. */
  expression(reference: Reference): string
  /** As a template text: `Bearer ${var.aws_secret_key}`. */
  template(reference: Reference): string
}

/**
 * A secret made of others by a filter or a text. In a request it is its value; in a template Terraform makes it, so that the
 * value never stands there.
 */
export class DerivedSecret extends Secret<string> {
  readonly making: SecretMaking

  constructor(value: string, making: SecretMaking) {
    super(value)
    this.making = making
  }
}

/** The Terraform expression for a secret, derived or not. */
export function secretExpression(secret: Secret<unknown>, reference: Reference): string {
  return secret instanceof DerivedSecret ? secret.making.expression(reference) : reference(secret)
}

/** The Terraform template text for a secret, derived or not. */
export function secretTemplate(secret: Secret<unknown>, reference: Reference): string {
  return secret instanceof DerivedSecret ? secret.making.template(reference) : `\${${reference(secret)}}`
}
