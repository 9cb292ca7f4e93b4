// An identity provider on this machine: a certified OpenID Connect implementation, in a process of its
// own. Whoever signs in as X is X@harbourlight.example; names that begin with “unsure-” have an
// address that was never verified.
//
// Usage: node oidc-provider.mjs PORT REDIRECT_URI

import Provider from 'oidc-provider';

const [port, redirect] = process.argv.slice(2);
const provider = new Provider(`http://localhost:${port}`, {
  clients: [{ client_id: 'tideline', client_secret: 'between the two of us', redirect_uris: [redirect], grant_types: ['authorization_code'], response_types: ['code'] }],
  claims: { openid: ['sub'], email: ['email', 'email_verified'] },
  conformIdTokenClaims: false,
  pkce: { required: () => true },
  findAccount: (_, id) => ({
    accountId: id,
    claims: () => ({ sub: id, email: `${id.replace('unsure-', '').replace('other-', '')}@harbourlight.example`, email_verified: !id.startsWith('unsure-') }),
  }),
});
provider.listen(Number(port), '127.0.0.1', () => console.log('provider is up'));
