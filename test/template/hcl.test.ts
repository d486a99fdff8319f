import { describe, expect, it } from 'vitest'
import { parseTemplate } from '../../runtime/template/read.js'
import { renderTemplate } from '../../runtime/template/render.js'
import { describeWithTerraform } from '../terraform.js'
import { outputsText, validateFiles } from './terraform-reads.js'

/** Every block and meta-argument that Terraform has, without a provider that would have to be fetched. */
const everything = `
terraform {
  required_version = ">= 1.5"
  required_providers {
    terraform = { source = "terraform.io/builtin/terraform" }
  }
  backend "local" {
    path = "a$\${b}.tfstate"
  }
}

provider "terraform" {
  alias = "other"
}

variable "names" {
  type        = map(object({ size = optional(number, 12345678901234567890) }))
  default     = { a = { size = 60 * 60 } }
  description = "costs $\${x} and %%{y}"
  nullable    = false

  validation {
    condition     = alltrue([for name, _ in var.names : length(name) < 60])
    error_message = "A name is long: \${jsonencode(keys(var.names))}"
  }
}

locals {
  sizes = { for name, entry in var.names : name => entry.size... if entry.size != null }
}

data "terraform_remote_state" "old" {
  provider = terraform.other
  backend  = "local"
  config   = { path = "none" }
  defaults = { x = 1 }

  depends_on = [terraform_data.many["a"]]
  lifecycle {
    postcondition {
      condition     = self.backend == "local"
      error_message = "no"
    }
  }
}

resource "terraform_data" "many" {
  provider = terraform.other
  for_each = var.names
  input    = each.value.size
  triggers_replace = [
    each.key, # a comment
    local.sizes,
  ]

  lifecycle {
    create_before_destroy = true
    ignore_changes        = [input]
    replace_triggered_by  = [terraform_data.one, terraform_data.counted[0].output]
    precondition {
      condition     = each.key != ""
      error_message = "empty"
    }
  }
}

resource "terraform_data" "one" {
  lifecycle {
    ignore_changes = all
  }

  connection {
    type = "ssh"
    host = self.id
  }
  provisioner "remote-exec" {
    inline = ["true"]
  }
  provisioner "local-exec" {
    when       = destroy
    on_failure = continue
    command    = "echo \${self.id}"
  }
  provisioner "remote-exec" {
    inline = ["false"]
  }
}

resource "terraform_data" "counted" {
  count = 2
  input = <<-EOT
    hello %{ if true ~} \${count.index} %{ endif ~}
      $\${kept}
  EOT
}

moved {
  from = terraform_data.before["x"]
  to   = terraform_data.many["x"]
}

moved {
  from = terraform_data.single
  to   = terraform_data.counted[0]
}

import {
  for_each = { a = "id" }
  to       = terraform_data.many[each.key]
  id       = each.value
  provider = terraform.other
}

removed {
  from = terraform_data.gone
  lifecycle {
    destroy = false
  }
}

check "health" {
  data "terraform_remote_state" "now" {
    provider = terraform.other
    backend  = "local"
    config   = { path = "none" }
  }
  assert {
    condition     = data.terraform_remote_state.now.backend == "local"
    error_message = "not \${terraform_data.one.id}"
  }
}

output "ids" {
  value       = { for name, one in terraform_data.many : name => one.id }
  description = "by $\${name}"
  sensitive   = true
  depends_on  = [terraform_data.one]

  precondition {
    condition     = terraform_data.counted[*].id != []
    error_message = "none"
  }
}
`

/** Values whose meaning must not change on the way from HCL to JSON. */
const values = `
variable "x" { default = "X" }
variable "sum" { default = (2 + 3) * 4 - 6 / 2 }
variable "text" { default = ("a$\${b}") }
output "sum" { value = var.sum }
output "text" { value = var.text }
output "plain" { value = "a\\tb \\"q\\" \\\\ \\u00e9 \\U0001F600 100% $" }
output "escaped" { value = "$\${x} %%{ y } $$\${z} \${var.x}" }
output "returns" { value = "a\\r\${var.x}\\rb $\${c}\\r\\n" }
output "heredoc" {
  value = <<EOT
  a "\${var.x}" \\n $\${b} %%{c}
EOT
}
output "flush" {
  value = <<-EOT
    a
      %{ for i in [1, 2] ~}
      \${i} %{ if i == 1 }one%{ else }two%{ endif }
      %{ endfor ~}
    \${~ var.x ~}
    b
  EOT
}
output "called" {
  value = upper(<<-EOT
    in \${var.x}
  EOT
  )
}
output "numbers" { value = [12345678901234567890, -12345678901234567890, 0.1, 1.5e3, 3.14159265358979323846] }
variable "long" { default = 12345678901234567890 }
output "long" { value = jsonencode({ id = var.long }) }
output "computed" { value = 12345678901234567890 + 1 }
output "nested" { value = { "a b" = [{ (var.x) = null }, true], "k$\${v}" = "\${"in \${"\${var.x}"}"}" } }
output "cond" { value = (var.x == "X" # a comment
    ? [1] : []) }
output "directive" { value = "%{ if true }x%{ endif }" }
output "signs" {
  value = [
    "\${"$"}{x}", "a\${"%"}{d}", "\${"a$"}{x}", "%\${"%"}{d}", "\${"$"}\${"$"}{x}", "\\u0024\${"$"}{x}", "\${"\${"$"}"}\${""}{x}", "\${"\${"$"}{x}"}",
    "\${upper("a")}\${"$"}{x}", "\${"$"}$\${x}", "\${~ "$" ~}  {x}", "\${"$"}\${"{"}x}", "%\${"{x}"}", "\\u0024\${"{x}"}", "a\\u0024\${var.x}",
    "\${"$"}\${var.x}", "\${"$"}\${"$"}\${var.x}", "\${"\${var.x}$"}{x}", "\${"\${var.x}$"}\${var.x}", "\${"$"}\${"{\${var.x}"}", "\${"\${12345678901234567890}$"}{",
    "%{ if true }\${"$"}{x}\${"%"}%{ endif }{x}", "%{ for i in [1] }\${"%"}%{ endfor }", "\${"%"}%{ if true }x%{ endif }", "\${var.x == "X" ? "\${"$"}{x}" : "%"}{x}",
    "\${var.x == "X" ? "%" : "a"}", "\${12345678901234567890 > 1 ? "%" : ""}%", { "\${"$"}{x}" = 1, "\${"%"}{x}\${var.x}" = "\${"$"}" }, upper("\${"$"}{x}"), "\${upper("\${"$"}{x}")}",
  ]
}
output "heredoc_signs" {
  value = <<-EOT
    \${"$"}{HOME} \${"a\\nb$"}{x} %\${"{x}"} \${"%"}%{ if true }"y"%{ endif }
      \${"$"}{x}
  EOT
}
variable "sign" { default = { "\${"$"}{x}" = "\${"a$"}{x} \${"%"}{d}" } }
output "sign" { value = var.sign }
`

describe('HCL', () => {
  it('becomes the JSON that Terraform wants: bare addresses, plain defaults, provisioners in their order', async () => {
    const { blocks } = await parseTemplate(everything, 'main.tf')
    expect(blocks).toMatchObject({
      terraform: { required_version: '>= 1.5', backend: { local: [{ path: 'a${b}.tfstate' }] } },
      variable: {
        names: {
          type: 'map(object({ size = optional(number, (12345678901234567890)) }))',
          default: { a: { size: 3600 } },
          description: 'costs ${x} and %{y}',
        },
      },
      resource: {
        terraform_data: {
          many: {
            provider: 'terraform.other',
            lifecycle: [
              {
                ignore_changes: ['input'],
                replace_triggered_by: ['terraform_data.one', 'terraform_data.counted[0].output'],
              },
            ],
          },
          one: {
            lifecycle: [{ ignore_changes: 'all' }],
            provisioner: [
              { 'remote-exec': { inline: ['true'] } },
              { 'local-exec': { when: 'destroy', on_failure: 'continue', command: 'echo ${self.id}' } },
              { 'remote-exec': { inline: ['false'] } },
            ],
          },
        },
      },
      moved: [{ from: 'terraform_data.before["x"]' }, { to: 'terraform_data.counted[0]' }],
      import: [{ to: 'terraform_data.many[each.key]', id: '${each.value}', provider: 'terraform.other' }],
      removed: [{ from: 'terraform_data.gone' }],
    })
  })

  it('writes a sign that stands before a brace in an interpolation as the escape that it means', async () => {
    const hcl =
      'locals {\n  x = ["${"$"}{x}", "a${"%"}{d}", "${upper("a")}${"$"}{x}"]\n  y = { "${"$"}{x}" = <<EOT\necho ${"$"}{HOME}\nEOT\n  }\n}\n'
    expect((await parseTemplate(hcl, 'main.tf')).blocks).toEqual({
      locals: { x: ['$${x}', 'a%%{d}', '${upper("a")}$${x}'], y: { '$${x}': 'echo $${HOME}\n' } },
    })
  })

  it('keeps modules’ providers and dynamic blocks’ iterators bare', async () => {
    const { blocks } = await parseTemplate(
      'module "m" {\n  source = "./m"\n  providers = { aws = aws.west, aws.two = aws }\n}\n' +
        'resource "a" "b" {\n  dynamic "disk" {\n    for_each = var.disks\n    iterator = one\n    content {\n      size = one.value\n    }\n  }\n}\n',
      'main.tf',
    )
    expect(blocks).toEqual({
      module: { m: { source: './m', providers: { aws: 'aws.west', 'aws.two': 'aws' } } },
      resource: {
        a: {
          b: {
            dynamic: { disk: [{ for_each: '${var.disks}', iterator: 'one', content: [{ size: '${one.value}' }] }] },
          },
        },
      },
    })
  })
})

describeWithTerraform('HCL, as JSON, to the real Terraform', (binary) => {
  it('is as valid as it was, with every kind of block in it', { timeout: 60_000 }, async () => {
    expect(await validateFiles(binary, { 'main.tf': everything })).toEqual([])
    const { blocks } = await parseTemplate(everything, 'main.tf')
    expect(await validateFiles(binary, { 'main.tf.json': renderTemplate(blocks) })).toEqual([])
  })

  it.each([
    ['LF', values],
    ['CRLF', values.replaceAll('\n', '\r\n')],
  ])('means what it meant, with %s line ends', { timeout: 60_000 }, async (_name, hcl) => {
    const { blocks } = await parseTemplate(hcl, 'main.tf')
    const before = await outputsText(binary, { 'main.tf': hcl })
    expect(before).toContain('-12345678901234567890')
    expect(await outputsText(binary, { 'main.tf.json': renderTemplate(blocks) })).toBe(before)
  })
})
