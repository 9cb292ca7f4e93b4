// Signing in by a real identity provider, in a process of its own on this machine.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { freePort, launch, start, stop } from './world.mjs';

let world, provider, browser, folder, origin;

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tideline-oidc-'));
  const [app, ballot, issuer] = [await freePort(), await freePort(), await freePort()];
  origin = `http://localhost:${app}`;
  provider = spawn(process.execPath, ['oidc-provider.mjs', String(issuer), `${origin}/sign-in/oidc/callback`], { cwd: new URL('.', import.meta.url).pathname, stdio: ['ignore', 'pipe', 'ignore'] });
  await new Promise((up) => { provider.stdout.on('data', (text) => { if (String(text).includes('provider is up')) up(); }); });
  const env = {
    TIDELINE_DATA__DIRECTORY: join(folder, 'data'),
    TIDELINE_SERVER__APP_LISTEN: `127.0.0.1:${app}`,
    TIDELINE_SERVER__BALLOT_LISTEN: `127.0.0.1:${ballot}`,
    TIDELINE_SERVER__APP_ORIGIN: origin,
    TIDELINE_SERVER__BALLOT_ORIGIN: `http://localhost:${ballot}`,
    TIDELINE_OIDC__NAME: 'Harbour Light',
    TIDELINE_OIDC__ISSUER: `http://localhost:${issuer}`,
    TIDELINE_OIDC__CLIENT_ID: 'tideline',
    TIDELINE_OIDC__CLIENT_SECRET: 'between the two of us',
  };
  const roster = join(folder, 'roster.csv');
  writeFileSync(roster, 'unit,parent,name,email,role\nHarbour Light,,Ada Berg,ada@harbourlight.example,admin\nHarbour Light,,Ben Holm,ben@harbourlight.example,staff\n');
  const imported = await start(['import-roster', roster], env, 'imported');
  await stop(imported);
  world = await start(['serve'], env, 'serving');
  browser = await launch();
});

after(async () => {
  await browser?.close();
  if (world) await stop(world);
  provider?.kill('SIGTERM');
  if (folder) rmSync(folder, { recursive: true, force: true });
});

/** Signs in at the provider as `login`; returns the page afterwards. */
async function signInAs(login) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${origin}/sign-in`);
  await page.getByRole('link', { name: 'Sign in with Harbour Light' }).click();
  await page.locator('input[name=login]').fill(login);
  await page.locator('input[name=password]').fill('any');
  await page.locator('button[type=submit]').click();
  await page.locator('button[type=submit]').click();
  await page.waitForURL((url) => url.origin === origin && ['/', '/sign-in'].includes(url.pathname));
  return { context, page };
}

test('somebody the organisation knows is signed in, again and again', async () => {
  for (let time = 0; time < 2; time += 1) {
    const { context, page } = await signInAs('ada');
    await page.getByRole('heading', { name: 'Hello Ada Berg' }).waitFor();
    await context.close();
  }
});

test('an address that was not verified, a stranger, and a second identity get the same page', async () => {
  for (const login of ['unsure-ben', 'stranger', 'other-ada']) {
    const { context, page } = await signInAs(login);
    assert.equal(new URL(page.url()).search, '?failed', login);
    await page.getByRole('heading', { name: 'You are not signed in' }).waitFor();
    await context.close();
  }
});

test('a code that another browser got, or none at all, opens nothing', async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${origin}/sign-in/oidc/callback?code=x&state=y`);
  assert.equal(new URL(page.url()).search, '?failed');
  await page.goto(`${origin}/`);
  assert.equal(new URL(page.url()).pathname, '/sign-in');
  await context.close();
});
