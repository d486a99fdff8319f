/** Templates are precompiled by `build/handlebars.ts`; importing one gives the function that renders it. */
declare module '*.hbs' {
  type Render = (view: object) => string
  const render: Render
  export default render
}
