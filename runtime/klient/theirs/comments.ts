// In: a shell script in a template. Out: the same, with nothing in its comments left for Terraform to work out.

/**
 * A script whose comments Terraform leaves alone: what they say need not exist.
 *
 * @example
 * escapeComments('# ${var.x}\necho ${var.y}')  // '# $${var.x}\necho ${var.y}'
 */
export function escapeComments(script: string): string {
  return script.replace(/^[ \t]*#(?!!).*$/gm, (comment) => {
    return comment.replace(/(?<!\$)\$\{/g, '$$$${').replace(/(?<!%)%\{/g, '%%{')
  })
}
