// Signing in by a real identity provider, in a process of its own on this machine, which behaves as the
// providers of the field do.

import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { endWithUs, freePort, launch, start, stop } from './world.mjs';

let browser;

before(async () => { browser = await launch(); });
after(async () => { await browser?.close(); });

/** An installation, and a provider with these manners; `settings` go on top of the usual ones. */
async function installation(manners = {}, settings = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'tideline-oidc-'));
  const [app, ballot, issuer] = [await freePort(), await freePort(), await freePort()];
  const origin = `http://localhost:${app}`;
  if (manners.tls) Object.assign(manners, certificates(folder));
  const provider = endWithUs(spawn(process.execPath, ['oidc-provider.mjs', String(issuer), `${origin}/sign-in/oidc/callback`], { cwd: new URL('.', import.meta.url).pathname, stdio: ['ignore', 'pipe', 'ignore'], env: { ...process.env, MANNERS: JSON.stringify(manners) } }));
  await new Promise((up) => { provider.stdout.on('data', (text) => { if (String(text).includes('provider is up')) up(); }); });
  const env = {
    TIDELINE_DATA__DIRECTORY: join(folder, 'data'),
    TIDELINE_SERVER__APP_LISTEN: `127.0.0.1:${app}`,
    TIDELINE_SERVER__BALLOT_LISTEN: `127.0.0.1:${ballot}`,
    TIDELINE_SERVER__APP_ORIGIN: origin,
    TIDELINE_SERVER__BALLOT_ORIGIN: `http://localhost:${ballot}`,
    TIDELINE_OIDC__NAME: 'Harbour Light',
    TIDELINE_OIDC__ISSUER: `${manners.tls ? 'https' : 'http'}://localhost:${issuer}`,
    TIDELINE_OIDC__CLIENT_ID: 'tideline',
    TIDELINE_OIDC__CLIENT_SECRET: 'between the two of us',
    ...Object.fromEntries(Object.entries(settings).map(([name, value]) => [`TIDELINE_OIDC__${name.toUpperCase()}`, typeof value === 'function' ? value(folder, issuer) : value])),
  };
  const roster = join(folder, 'roster.csv');
  writeFileSync(roster, 'unit,parent,name,email,role\nHarbour Light,,Ada Berg,ada@harbourlight.example,admin\nHarbour Light,,Ben Holm,ben@harbourlight.example,staff\n');
  await stop(await start(['import-roster', roster], env, 'imported'));
  const world = await start(['serve'], env, 'serving');
  const checked = spawnSync(process.env.TIDELINE, ['check-config'], { encoding: 'utf8', env: { ...process.env, ...env } });
  const end = async () => { await stop(world); provider.kill('SIGTERM'); rmSync(folder, { recursive: true, force: true }); };
  return { origin, world, provider, checked: checked.stdout + checked.stderr, fits: checked.status === 0, end };
}

/** An authority of the house, and a certificate for localhost by it. */
function certificates(folder) {
  const at = (name) => join(folder, name);
  const openssl = (...args) => { const { status, stderr } = spawnSync('openssl', args, { encoding: 'utf8' }); assert.equal(status, 0, stderr); };
  writeFileSync(at('names'), 'subjectAltName=DNS:localhost\nbasicConstraints=CA:FALSE\n');
  openssl('req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', at('ca.key'), '-out', at('ca.pem'), '-subj', '/CN=The house', '-days', '2');
  openssl('req', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', at('key.pem'), '-out', at('request.pem'), '-subj', '/CN=localhost');
  openssl('x509', '-req', '-in', at('request.pem'), '-CA', at('ca.pem'), '-CAkey', at('ca.key'), '-CAcreateserial', '-out', at('cert.pem'), '-days', '1', '-extfile', at('names'));
  return { key: at('key.pem'), cert: at('cert.pem') };
}

/** Signs in at the provider as `login`; returns the page afterwards. */
async function signInAs(origin, login, path = '/sign-in') {
  const context = await browser.newContext({ ignoreHTTPSErrors: true });
  const page = await context.newPage();
  await page.goto(`${origin}${path}`);
  await page.getByRole('link', { name: 'Sign in with Harbour Light' }).click();
  const there = page.locator('input[name=login]');
  const back = page.getByRole('alert');
  await there.or(back).waitFor();
  if (await there.count() > 0) {
    await there.fill(login);
    await page.locator('input[name=password]').fill('any');
    await page.locator('button[type=submit]').click();
    await page.locator('button[type=submit]').click();
    await page.waitForURL((url) => url.origin === origin && !/oidc|arrived/.test(url.pathname));
  }
  return { context, page };
}

/** What happens to `login` at a provider with these manners. */
async function meets(site, login, expected) {
  const { context, page } = await signInAs(site.origin, login);
  if (expected === 'in') await page.getByRole('heading', { name: /^Hello/ }).waitFor();
  else await page.getByRole('alert').getByText(expected).waitFor();
  await context.close();
}

test('somebody the organisation knows is signed in, again and again, and lands where the link led', async () => {
  const site = await installation();
  assert.ok(site.fits, site.checked);
  assert.match(site.checked, /sign-in by +Harbour Light, http:\S+, secret by client_secret_basic/);
  for (let time = 0; time < 2; time += 1) await meets(site, 'ada', 'in');
  const { context, page } = await signInAs(site.origin, 'ada', '/account');
  assert.equal(new URL(page.url()).pathname, '/account');
  await context.close();
  // An address that was not verified, a stranger, and a second identity: each is told what it is.
  await meets(site, 'unsure-ben', 'did not say that it has checked your e-mail address');
  await meets(site, 'stranger', 'an e-mail address that nobody has here');
  await meets(site, 'other-ada', 'another account at Harbour Light');
  for (const cause of ['email_verified', 'nobody of that address', 'another identity']) assert.ok(site.world.out.includes(cause), cause);
  assert.ok(!/harbourlight\.example/.test(site.world.out), 'the log names nobody');
  await site.end();
});

test('attack 114: a code that another browser got, or none at all, opens nothing', async () => {
  const site = await installation();
  const context = await browser.newContext();
  const page = await context.newPage();
  for (const query of ['code=x&state=y', 'error=access_denied&state=y', '']) {
    await page.goto(`${site.origin}/sign-in/oidc/callback?${query}`);
    await page.getByRole('alert').getByText('began in another browser').waitFor();
  }
  await page.goto(`${site.origin}/`);
  assert.equal(new URL(page.url()).pathname, '/sign-in');
  await context.close();
  await site.end();
});

test('attack 111: a provider’s answer never replaces somebody else’s session in silence', async () => {
  const site = await installation();
  const { context, page } = await signInAs(site.origin, 'ada');
  // Somebody else signs in at the provider, which a link from anywhere can begin.
  await context.clearCookies({ domain: 'localhost', name: /^_(?!tideline)/ });
  await page.goto(`${site.origin}/sign-in/oidc`);
  await page.locator('input[name=login]').fill('ben');
  await page.locator('input[name=password]').fill('any');
  await page.locator('button[type=submit]').click();
  await page.locator('button[type=submit]').click();
  await page.getByRole('heading', { name: 'Sign in as Ben Holm?' }).waitFor();
  await page.getByText('Ada Berg is signed in here').waitFor();
  await page.getByRole('link', { name: 'Stay signed in as Ada Berg' }).click();
  await page.getByRole('heading', { name: 'Hello Ada Berg' }).waitFor();
  await context.close();
  await site.end();
});

test('attack 159: whoever finds a browser that is signed in here and at the provider does not get to passkeys', async () => {
  const site = await installation();
  const { context, page } = await signInAs(site.origin, 'ada');
  await page.goto(`${site.origin}/account`);
  assert.equal(await page.getByRole('button', { name: 'Add a passkey' }).count(), 0, 'signing in by the provider opens nothing for later');
  await page.getByRole('button', { name: 'Sign in once more' }).click();
  await page.getByRole('link', { name: 'Sign in with Harbour Light' }).click();
  // The provider's own session would have answered; it asks instead.
  const there = page.locator('input[name=password]');
  await there.waitFor();
  assert.equal(new URL(page.url()).origin === site.origin, false);
  await page.locator('input[name=login]').fill('ada');
  await there.fill('any');
  await page.locator('button[type=submit]').click();
  await page.locator('button[type=submit]').or(page.getByRole('heading', { name: 'Your account' })).first().waitFor();
  if (new URL(page.url()).origin !== site.origin) await page.locator('button[type=submit]').click();
  await page.waitForURL(`${site.origin}/account`);
  await page.getByRole('heading', { name: 'Set a password' }).waitFor();
  await context.close();
  await site.end();
});

test('somebody says no at the provider', async () => {
  const site = await installation();
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${site.origin}/sign-in?to=/account`);
  await page.getByRole('link', { name: 'Sign in with Harbour Light' }).click();
  await page.getByRole('link', { name: /cancel/i }).click();
  await page.getByRole('alert').getByText('At Harbour Light you said no').waitFor();
  assert.equal(new URL(page.url()).searchParams.get('to'), '/account', 'trying again leads there still');
  assert.match(site.world.out, /somebody said no/);
  await context.close();
  await site.end();
});

test('trial 04: a provider that never says email_verified, as Microsoft Entra ID', async () => {
  const careful = await installation({ verified: 'absent' });
  await meets(careful, 'ada', 'did not say that it has checked your e-mail address');
  assert.match(careful.world.out, /set oidc\.trust_addresses/);
  await careful.end();
  const trusting = await installation({ verified: 'absent' }, { trust_addresses: 'true' });
  await meets(trusting, 'ada', 'in');
  await trusting.end();
  // Trust does not make true what the provider says is not.
  const warned = await installation({}, { trust_addresses: 'true' });
  await meets(warned, 'unsure-ben', 'did not say that it has checked your e-mail address');
  await warned.end();
});

test('trial 05: claims by UserInfo alone, as Authelia', async () => {
  const site = await installation({ userInfo: true });
  await meets(site, 'ada', 'in');
  await meets(site, 'unsure-ben', 'did not say that it has checked your e-mail address');
  await site.end();
});

test('trial 06: "true" as text, as AWS Cognito', async () => {
  const site = await installation({ verified: 'text' });
  await meets(site, 'ada', 'in');
  await meets(site, 'unsure-ben', 'did not say that it has checked your e-mail address');
  await site.end();
});

test('trial 07: a certificate by the house’s own authority, as Keycloak in a hospital', async () => {
  const unknown = await installation({ tls: true });
  assert.ok(!unknown.fits && /signed by an authority that is not trusted here/.test(unknown.checked), unknown.checked);
  await meets(unknown, 'ada', 'The certificate of Harbour Light is not trusted here');
  assert.match(unknown.world.out, /signed by an authority that is not trusted here/);
  await unknown.end();
  const known = await installation({ tls: true }, { ca_file: (folder) => join(folder, 'ca.pem') });
  assert.ok(known.fits, known.checked);
  await meets(known, 'ada', 'in');
  await known.end();
});

test('trial 08: an issuer with and without a slash at its end', async () => {
  for (const [slash, set] of [[true, ''], [false, '/'], [true, '/']]) {
    const site = await installation({ slash }, { issuer: (_, port) => `http://localhost:${port}${set}` });
    assert.ok(site.fits, site.checked);
    await meets(site, 'ada', 'in');
    await site.end();
  }
  const other = await installation({}, { issuer: (_, port) => `http://127.0.0.1:${port}` });
  assert.ok(!other.fits);
  assert.match(other.checked, /calls itself “http:\/\/localhost:\d+”, but oidc\.issuer is “http:\/\/127\.0\.0\.1:\d+”/);
  await meets(other, 'ada', 'goes by another address');
  await other.end();
});

test('attack 113: a token that was made for another client', async () => {
  const ours = await installation({ audience: ['another'], azp: 'tideline' });
  await meets(ours, 'ada', 'in');
  await ours.end();
  for (const azp of ['another', undefined]) {
    const site = await installation({ audience: ['another'], azp });
    await meets(site, 'ada', 'could not be shown to be meant for here');
    assert.match(site.world.out, /azp/);
    await site.end();
  }
});

test('a provider that takes the secret in the form only', async () => {
  const site = await installation({ post: true });
  assert.ok(site.fits && /client_secret_post/.test(site.checked), site.checked);
  await meets(site, 'ada', 'in');
  await site.end();
});

test('a secret that is sent in a way the provider does not take is told before anybody signs in', async () => {
  for (const [manners, set, sent, taken] of [
    [{ post: true }, 'basic', 'client_secret_basic', 'client_secret_post'],
    [{}, 'post', 'client_secret_post', 'client_secret_basic'],
  ]) {
    const site = await installation(manners, { client_authentication: set });
    assert.ok(!site.fits, site.checked);
    assert.ok(site.checked.includes(`oidc.client_authentication has the secret sent by ${sent}, and the identity provider takes it by ${taken} only`), site.checked);
    // Said in the log from the start, too. Whether a sign-in fails is up to the provider: this one takes either way.
    for (let tries = 0; tries < 100 && !site.world.out.includes(`sent by ${sent}`); tries += 1) await new Promise((go) => { setTimeout(go, 100); });
    assert.ok(site.world.out.includes(`the secret sent by ${sent}`), site.world.out);
    await site.end();
  }
});

test('a provider that is gone, and a wrong secret', async () => {
  const nowhere = await freePort();
  const gone = await installation({}, { issuer: `http://localhost:${nowhere}` });
  assert.ok(!gone.fits && /cannot be reached: nobody listens there/.test(gone.checked), gone.checked);
  await meets(gone, 'ada', 'cannot be reached at the moment');
  assert.match(gone.world.out, /signing in by the identity provider may not work/, 'the log says so from the start');
  await gone.end();
  const wrong = await installation({}, { client_secret: 'something else' });
  assert.ok(!wrong.fits && /does not accept oidc\.client_id with oidc\.client_secret/.test(wrong.checked), wrong.checked);
  await meets(wrong, 'ada', 'does not accept this installation');
  await wrong.end();
});
