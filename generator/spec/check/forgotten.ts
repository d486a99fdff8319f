// Checks the values of an `api` for expressions that are none, because `${{ }}` was forgotten around them: they would be sent as they stand.
import type { Path } from '../document.js'
import { isFault, parseExpression } from '../expression/parse.js'
import { scopeOf } from '../expression/scope.js'
import { checkText, fieldOf, type Place, placeOf } from './expressions.js'
import { withoutOurs } from './references.js'
import type { Examination, ReportOptions } from './report.js'
import { eachText } from './texts.js'

/** `${…}`, `{{ … }}` and `{…}`, and not the beginning of `${{ … }}`. */
const braces = /\$\{(?!\{)[^}]*\}?|(?<!\$)\{\{[^{}]*\}\}|(?<![{$])\{[^{}]*\}/g

/** How an expression begins that leads to a field of the spec. */
const fieldStart = /^(?:credential|bootstrap|metadata)[.[]/

export function checkForgotten(spec: Examination): void {
  eachText(spec.input.api, ['api'], /\{|^\s*(?:credential|bootstrap|metadata)[.[]/, (text, at, isKey) => {
    const place = isKey ? undefined : placeOf(at)
    // A call holds no braces, which is told elsewhere; what stands beside it, such as conditions, are no values.
    if (!place || place.call) return
    const report = (found: Found, start: number, end: number) =>
      spec.report(found.code, at, found.message, {
        severity: found.severity,
        suggestion: suggestionFor(spec, found.source, { at, place }),
        span: { start, end },
      })
    const ours = text.trim()
    if (fieldStart.test(ours) && leadsSomewhere(spec, ours)) {
      const message = `this text is sent as it stands: for the value of ${ours}, write \${{ }} around it`
      report({ code: 'KG070', severity: 'warning', message, source: ours }, 0, text.length)
      return
    }
    for (const { index, 0: written } of withoutOurs(text).matchAll(braces)) {
      const found = forgotten(spec, written, takesScripts(at))
      if (found) report(found, index, index + written.length)
    }
  })
}

interface Found {
  code: 'KG070' | 'KG083'
  severity: NonNullable<ReportOptions['severity']>
  message: string
  /** What probably belongs between `${{` and `}}`. */
  source: string
}

/** What is wrong with something in braces, if it is not what a cloud or a program takes as it is. */
function forgotten(spec: Examination, written: string, inScript: boolean): Found | undefined {
  const source = written.replaceAll(/^\$?\{+|\}+$/g, '').trim()
  const ours = startsAtRoot(spec, source)
  if (written.startsWith('${')) {
    if (!ours && inScript && !source.includes('.')) return undefined
    const message = ours
      ? 'Terraform never sees an api, and this is sent as it stands: our expressions are ${{ … }}'
      : `Terraform never sees an api: ${written} is sent as it stands`
    return { code: 'KG083', severity: ours ? 'error' : 'warning', message, source }
  }
  const twice = written.startsWith('{{')
  if (!ours || !(twice || leadsSomewhere(spec, source))) return undefined
  const severity = twice && fieldStart.test(source) ? 'error' : 'warning'
  return { code: 'KG070', severity, message: 'this is sent as it stands: our expressions are ${{ … }}', source }
}

/** Whether a program gets a text, and may be a shell: `${HOME}` is for that. */
function takesScripts(at: Path): boolean {
  return at.includes('run') || at.includes('stdin')
}

/** Whether a text is an expression that begins with one of our roots, whether or not that is there. */
function startsAtRoot(spec: Examination, source: string): boolean {
  const expression = parseExpression(source)
  return (
    !isFault(expression) &&
    expression.steps.length > 0 &&
    Object.hasOwn(scopeOf(spec.input, 'response'), expression.root.key)
  )
}

/** Whether a text is an expression that leads to a field of the credential, the bootstrap or the metadata. */
function leadsSomewhere({ input }: Examination, source: string): boolean {
  const [part, ...steps] = fieldOf(source) ?? []
  const fields = { credential: input.credential, bootstrap: input.bootstrap?.outputs, machine: input.machine.metadata }
  const known = part === 'credential' || part === 'bootstrap' || part === 'machine' ? fields[part] : undefined
  return known !== undefined && Object.hasOwn(known, steps.at(-1) ?? '')
}

/** The expression that was meant, where one can stand. */
function suggestionFor(
  spec: Examination,
  source: string,
  { at, place }: { at: Path; place: Place },
): string | undefined {
  if (!startsAtRoot(spec, source)) return undefined
  const suggestion = `\${{ ${source} }}`
  let fits = true
  const trial = { ...spec, report: () => (fits = false) }
  checkText(trial, suggestion, at, place)
  return fits ? suggestion : undefined
}
