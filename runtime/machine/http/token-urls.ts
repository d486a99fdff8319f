// Where large clouds give tokens: whatever a credential says, a token is had there and nowhere else.

export const googleTokenUrl = 'https://oauth2.googleapis.com/token'

/** @param tenant encoded already */
export function azureTokenUrl(tenant: string): string {
  return `https://login.microsoftonline.com/${tenant}/oauth2/v2.0/token`
}
