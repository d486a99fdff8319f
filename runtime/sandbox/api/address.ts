// In: a URL of a cloud. Out: where the sandbox answers in that cloud's place; and the way back.

/** Whose API it is, and who asks. */
export interface ApiAddress {
  /** The provider's name. */
  readonly provider: string
  /** Who asks knows their own machines only; everybody's where it is not said. */
  readonly owner?: string | undefined
}

/**
 * Where a call goes in the sandbox.
 *
 * @param server the sandbox's own address
 * @example
 * sandboxUrl('http://127.0.0.1:8080', { provider: 'acme' }, new URL('https://api.acme.com/vms/7?full=1')).href
 * // 'http://127.0.0.1:8080/api/acme/https/api.acme.com/vms/7?full=1'
 */
export function sandboxUrl(server: string, { provider, owner }: ApiAddress, meant: URL): URL {
  const asked = owner === undefined ? '' : `/as/${encodeURIComponent(owner)}`
  const cloud = `${meant.protocol.replace(':', '')}/${meant.host}${meant.pathname}${meant.search}`
  return new URL(`${server}${asked}/api/${encodeURIComponent(provider)}/${cloud}`)
}

/** What a call to the sandbox was meant for; nothing where it was meant for the sandbox itself. */
export function meantUrl(pathAndQuery: string): (ApiAddress & { readonly url: URL }) | undefined {
  const [, owner, provider, protocol, rest] =
    /^(?:\/as\/([^/]+))?\/api\/([^/]+)\/(https?)\/([^/?]+.*)$/.exec(pathAndQuery) ?? []
  if (provider === undefined || !URL.canParse(`${protocol}://${rest}`)) return undefined
  return {
    provider: decodeURIComponent(provider),
    owner: owner === undefined ? undefined : decodeURIComponent(owner),
    url: new URL(`${protocol}://${rest}`),
  }
}
