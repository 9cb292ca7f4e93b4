// Passkeys in a real browser, with an authenticator made of software that Chromium brings: added on the
// account page, used with and without a press, removed, and then of no use.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { installation, launch, overflow, smallTargets, violations } from './world.mjs';

let world, browser, app;

before(async () => {
  world = await installation('localhost', () => {});
  ({ app } = world);
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await world?.end();
});

/** Somebody with a phone that has a fingerprint reader; `options` as the protocol of Chromium has them. */
async function phone(options = {}) {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, reducedMotion: 'reduce', bypassCSP: true });
  const page = await context.newPage();
  const cdp = await context.newCDPSession(page);
  await cdp.send('WebAuthn.enable');
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true, ...options },
  });
  const keys = async () => (await cdp.send('WebAuthn.getCredentials', { authenticatorId })).credentials;
  const presses = (enabled) => cdp.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled });
  const recognises = (isUserVerified) => cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified });
  const wrong = [];
  page.on('console', (it) => { if (it.type() === 'error') wrong.push(it.text()); });
  page.on('pageerror', (it) => wrong.push(String(it)));
  return { context, page, keys, presses, recognises, wrong };
}

async function addPasskey(page, name) {
  await page.goto(`${app}/account`);
  await page.getByLabel('Name, so that you know it again').fill(name);
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  await page.getByRole('status').getByText('The passkey is there').waitFor();
}

const signOut = async (page) => {
  await page.goto(`${app}/account`);
  await page.getByRole('button', { name: 'Sign out on this device' }).click();
  await page.waitForURL(`${app}/sign-in`);
};

test('a passkey is added, signs in by a press, and opens nothing once it is removed', async () => {
  const { context, page, keys, presses, wrong } = await phone();
  await world.signInByMail(page, 'elm0@harbour.example');
  await addPasskey(page, 'My phone');
  assert.deepEqual(await violations(page), []);
  assert.deepEqual([await overflow(page), await smallTargets(page)], [0, []]);
  const [{ rpId, isResidentCredential, userHandle }] = await keys();
  assert.deepEqual([rpId, isResidentCredential, userHandle.length > 0], ['localhost', true, true]);
  // The device says that it has one.
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  await page.getByText('This device has a passkey for your account already').waitFor();

  await presses(false);
  await signOut(page);
  await page.goto(`${app}/sign-in?to=/mail`);
  const button = page.getByRole('button', { name: 'Sign in with a passkey' });
  await button.waitFor();
  assert.deepEqual(await violations(page), []);
  assert.deepEqual([await overflow(page), await smallTargets(page)], [0, []]);
  await presses(true);
  await button.click();
  await page.waitForURL(`${app}/mail`);

  await page.goto(`${app}/account`);
  await page.getByRole('listitem').filter({ hasText: 'My phone' }).getByRole('button', { name: /^Remove/ }).click();
  await page.getByRole('status').getByText('nobody can sign in with it any more').waitFor();
  await presses(false);
  await signOut(page);
  await presses(true);
  await button.click();
  await page.getByRole('alert').getByText('That passkey does not open anything here').waitFor();
  assert.deepEqual(wrong, []);
  await context.close();
});

test('the field of the address offers the passkey, without a press of the button', async () => {
  const { context, page } = await phone();
  await world.signInByMail(page, 'elm1@harbour.example');
  await addPasskey(page, 'My phone');
  await page.goto(`${app}/account`);
  await page.getByRole('button', { name: 'Sign out everywhere' }).click();
  // The authenticator of software takes what is offered at once.
  await page.getByRole('heading', { name: 'Hello Person 1' }).waitFor();
  await context.close();
});

test('attack 115: what the browser sent is sent once more', async () => {
  const { context, page, presses } = await phone();
  await world.signInByMail(page, 'elm2@harbour.example');
  await addPasskey(page, 'My phone');
  await presses(false);
  await signOut(page);
  const sent = page.waitForRequest((it) => it.url() === `${app}/sign-in/passkey`);
  await presses(true);
  // The field of the address may have taken the passkey already.
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click({ timeout: 3000 }).catch(() => undefined);
  const body = (await sent).postData();
  await page.getByRole('heading', { name: 'Hello Person 2' }).waitFor();
  const cookies = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
  for (const cookie of [cookies, '']) {
    const again = await fetch(`${app}/sign-in/passkey`, { method: 'POST', redirect: 'manual', body, headers: { origin: app, cookie, 'content-type': 'application/x-www-form-urlencoded' } });
    // Late, as it was used already; or no, as the authenticator has counted on since.
    assert.match(again.headers.get('location'), /^\/sign-in\?passkey=(late|no)$/);
    assert.doesNotMatch(again.headers.getSetCookie().join('\n'), /^(__Host-)?tideline=[^;]/m, 'nobody is signed in');
  }
  await context.close();
});

test('who is not recognised, or changes her mind, is told what else to do', async () => {
  const { context, page, recognises } = await phone();
  await world.signInByMail(page, 'elm3@harbour.example');
  await recognises(false);
  await page.goto(`${app}/account`);
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  await page.getByText('No passkey was made').waitFor();
  await recognises(true);
  await addPasskey(page, 'My phone');
  await recognises(false);
  await signOut(page);
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await page.getByText('No passkey was used').waitFor();
  await context.close();
});

test('a server that does not ask just now is not taken for a sign-in that is too long ago', async () => {
  const { context, page, keys } = await phone();
  await world.signInByMail(page, 'elm4@harbour.example');
  for (const status of [429, 500, 503]) {
    await page.goto(`${app}/account`);
    await page.route('**/account/passkeys/ask', (it) => it.fulfill({ status, body: '' }), { times: 1 });
    await page.getByRole('button', { name: 'Add a passkey' }).click();
    await page.getByText('No passkey was made').waitFor();
    assert.equal(page.url(), `${app}/account`);
  }
  assert.deepEqual(await keys(), []);
  await addPasskey(page, 'My phone');
  await context.close();
});

test('without scripts the pages say so, and links work', async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${app}/sign-in`);
  // Locators by text pass over what stands there for browsers without scripts.
  assert.match(await page.locator('main').innerText(), /Passkeys need JavaScript\. A link by e-mail works without it\./);
  assert.equal(await page.getByRole('button', { name: 'Sign in with a passkey' }).isVisible(), false);
  await context.close();
});
