// In: nothing. Out: the types in which the emitters hand their files over.

/** One file that a provider's spec gives. */
export interface OutputFile {
  /** Relative to the provider's folder, with slashes: 'schema.gen.ts'. */
  path: string
  /** 'generated': rewritten whenever the spec says so. 'author': written once, then only added to. */
  owner: 'generated' | 'author'
  /** The whole file; an author's file with all of its stubs. LF. */
  text: string
  /** The generated class that an author's file extends. */
  base?: BaseClass
  stubs?: readonly Stub[]
  /** The stubs of all else that a spec may ask for: earlier ones did, perhaps. */
  unasked?: readonly UnaskedStub[]
}

/** A generated class that an author's extends. */
export interface BaseClass {
  /** 'AcmeMachine'. */
  name: string
  /** What is the same in it whatever the spec calls the class: 'Machine'. */
  ending: string
  /** The module, as it is written in the import: './machine.gen.js'. */
  from: string
}

/** A method that the author's class must have. */
export interface Stub {
  /** The same for as long as the spec asks for the method: 'machine.start'. */
  id: string
  /** The author's class, as the file exports it: 'Machine'. */
  className: string
  /** The generated class that it extends: 'AcmeMachine'. It finds a class that the author has renamed. */
  baseName: string
  /** The method's name: 'start'. */
  member: string
  /** The method's source with its doc comment, at no indentation, indented by 2 spaces inside, LF. */
  text: string
  /** What the source needs beside what the class's base brings. */
  imports: readonly StubImport[]
}

/** A method that the author's class need not have. */
export interface UnaskedStub extends Stub {
  /** The generated class has it. */
  generated: boolean
}

export interface StubImport {
  name: string
  /** The module, as it is written in the import: 'kloud-gen/runtime'. */
  from: string
  typeOnly: boolean
}

/** A file that a provider was made of. */
export interface InputHash {
  /** Relative to the project, with slashes: 'specs/acme.yaml'. */
  path: string
  /** As `contentHash` gives it. */
  hash: string
}

/** What one provider's spec gives. */
export interface ProviderOutput {
  name: string
  /** The spec first, then all that it extends. */
  inputs: readonly InputHash[]
  files: readonly OutputFile[]
}
