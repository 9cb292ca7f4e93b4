// An identity provider on this machine: a certified OpenID Connect implementation, in a process of its
// own. Whoever signs in as X is X@harbourlight.example; names that begin with “unsure-” have an
// address that was never verified.
//
// It behaves as MANNERS says, a JSON object, because providers differ:
//   verified: 'text' ("true", as AWS Cognito says it) or 'absent' (Microsoft Entra ID never says it)
//   userInfo: claims by UserInfo alone (Authelia)
//   post: the secret in the form, not in the header
//   slash: a slash at the end of the issuer (authentik, Auth0)
//   audience: [further audiences], azp: for whom the token was made
//   key, cert: files, for TLS
//
// Usage: node oidc-provider.mjs PORT REDIRECT_URI

import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import Provider from 'oidc-provider';

const [port, redirect] = process.argv.slice(2);
const manners = JSON.parse(process.env.MANNERS ?? '{}');
const origin = `${manners.key ? 'https' : 'http'}://localhost:${port}`;
const method = manners.post ? 'client_secret_post' : 'client_secret_basic';

function claims(id) {
  const email = `${id.replace('unsure-', '').replace('other-', '')}@harbourlight.example`;
  const verified = !id.startsWith('unsure-');
  switch (manners.verified) {
    case 'absent': return { sub: id, email };
    case 'text': return { sub: id, email, email_verified: String(verified) };
    default: return { sub: id, email, email_verified: verified };
  }
}

const provider = new Provider(manners.slash ? `${origin}/` : origin, {
  clients: [{ client_id: 'tideline', client_secret: 'between the two of us', redirect_uris: [redirect], grant_types: ['authorization_code'], response_types: ['code'], token_endpoint_auth_method: method }],
  clientAuthMethods: [method],
  claims: { openid: ['sub'], email: ['email', 'email_verified'] },
  conformIdTokenClaims: manners.userInfo ?? false,
  pkce: { required: () => true },
  findAccount: (_, id) => ({ accountId: id, claims: () => claims(id) }),
});

if (manners.audience) {
  const { IdToken } = provider;
  const { issue } = IdToken.prototype;
  IdToken.prototype.issue = function more(...args) {
    const { client } = this;
    this.client = new Proxy(client, { get: (of, name) => (name === 'clientId' ? [of.clientId, ...manners.audience] : Reflect.get(of, name, of)) });
    if (manners.azp) this.set('azp', manners.azp);
    return issue.apply(this, args);
  };
}

const up = () => console.log('provider is up');
if (manners.key) createServer({ key: readFileSync(manners.key), cert: readFileSync(manners.cert) }, provider.callback()).listen(Number(port), '127.0.0.1', up);
else provider.listen(Number(port), '127.0.0.1', up);
