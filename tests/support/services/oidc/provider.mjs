// A government's identity provider as the tests need it: whoever is named in OIDC_ACCOUNTS signs in.
import { Provider } from 'oidc-provider'

const port = process.env.OIDC_PORT
const issuer = `http://127.0.0.1:${port}`
const accounts = JSON.parse(process.env.OIDC_ACCOUNTS)
const provider = new Provider(issuer, {
  clients: [{
    client_id: 'kodeks',
    client_secret: 'a secret of the tests',
    redirect_uris: [process.env.OIDC_REDIRECT],
    post_logout_redirect_uris: [process.env.OIDC_AFTER],
    response_types: ['code'],
    grant_types: ['authorization_code']
  }],
  jwks: JSON.parse(process.env.OIDC_JWKS),
  cookies: { keys: ['tests'] },
  claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name', 'org'] },
  findAccount: (_ctx, sub) => accounts[sub] && { accountId: sub, claims: () => ({ sub, ...accounts[sub] }) },
  loadExistingGrant: async (ctx) => {
    const { client, session } = ctx.oidc
    const grant = new ctx.oidc.provider.Grant({ clientId: client.clientId, accountId: session.accountId })
    grant.addOIDCScope('openid email profile')
    await grant.save()
    return grant
  }
})
provider.listen(port, '127.0.0.1')
