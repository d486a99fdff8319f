// The tree of Terraform's expressions, and of the texts that hold them. Places are offsets in UTF-16 code units, the end exclusive.

export interface Span {
  readonly start: number
  readonly end: number
}

/** A number, `true`, `false` or `null`; a number's digits are in the source, where they are exact. */
export interface Literal extends Span {
  readonly kind: 'literal'
  readonly value: number | boolean | null
}

/** A quoted text or a heredoc; `indented` is a heredoc of the `<<-` kind, which loses its common indentation. */
export interface Text extends Span {
  readonly kind: 'text'
  readonly parts: readonly Part[]
  readonly indented: boolean
}

/** A name that stands for itself: `var`, `local`, a resource type, or what a `for` has bound. */
export interface Name extends Span {
  readonly kind: 'name'
  readonly name: string
}

/** A value and the steps into it: `var.list[0].id`. */
export interface Traversal extends Span {
  readonly kind: 'traversal'
  readonly of: Expression
  readonly steps: readonly Step[]
}

export type Step = Span &
  (
    | { readonly kind: 'attribute'; readonly name: string }
    | { readonly kind: 'index'; readonly key: Expression }
    | { readonly kind: 'splat' }
  )

export interface Call extends Span {
  readonly kind: 'call'
  /** With its namespaces: `provider::aws::arn_parse`. */
  readonly name: string
  readonly arguments: readonly Expression[]
  /** The last argument is a list to be spread: `f(list...)`. */
  readonly spread: boolean
}

export interface List extends Span {
  readonly kind: 'list'
  readonly items: readonly Expression[]
}

/** A key that is a bare name is the text of that name; it refers to nothing. */
export interface ObjectEntry {
  readonly key: Expression
  readonly value: Expression
}

export interface ObjectOf extends Span {
  readonly kind: 'object'
  readonly entries: readonly ObjectEntry[]
}

/** `[for …]`, or with a `key`, `{for …}`. */
export interface For extends Span {
  readonly kind: 'for'
  readonly names: readonly string[]
  readonly collection: Expression
  readonly key: Expression | undefined
  readonly value: Expression
  readonly condition: Expression | undefined
  /** Values of equal keys are collected in lists: `=> v...`. */
  readonly grouped: boolean
}

export interface Conditional extends Span {
  readonly kind: 'conditional'
  readonly condition: Expression
  readonly whenTrue: Expression
  readonly whenFalse: Expression
}

/** Operators of one precedence, worked through from the left: `1 + 2 - 3` is one of two operations. */
export interface Operations extends Span {
  readonly kind: 'operations'
  readonly first: Expression
  readonly rest: readonly { readonly operator: Operator; readonly operand: Expression }[]
}

export type Operator = '||' | '&&' | '==' | '!=' | '>' | '>=' | '<' | '<=' | '+' | '-' | '*' | '/' | '%'

export interface Unary extends Span {
  readonly kind: 'unary'
  readonly operator: '-' | '!'
  readonly operand: Expression
}

/** An expression in parentheses. */
export interface Group extends Span {
  readonly kind: 'group'
  readonly inner: Expression
}

export type Expression =
  | Literal
  | Text
  | Name
  | Traversal
  | Call
  | List
  | ObjectOf
  | For
  | Conditional
  | Operations
  | Unary
  | Group

/** What a text is made of. `strips` says that a `~` takes away white space beside the part. */
export type Part = Span &
  (
    | { readonly kind: 'words'; readonly value: string }
    | { readonly kind: 'interpolation'; readonly expression: Expression; readonly strips: boolean }
    | {
        readonly kind: 'if'
        readonly condition: Expression
        readonly whenTrue: readonly Part[]
        readonly whenFalse: readonly Part[]
        readonly strips: boolean
      }
    | {
        readonly kind: 'for'
        readonly names: readonly string[]
        readonly collection: Expression
        readonly body: readonly Part[]
        readonly strips: boolean
      }
  )

/** Where a text stops being Terraform, and what was expected there. */
export interface Broken {
  readonly offset: number
  readonly message: string
}
