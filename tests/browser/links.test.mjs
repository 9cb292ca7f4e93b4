// Mailed links as they are opened in life: by scanners that run scripts, without scripts, twice, in a
// browser where somebody is signed in, from webmail on another site.
//
// CHROMIUM is the browser, TIDELINE the program; `cargo xtask browser` sets both.

import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { installation, launch, signIn, violations } from './world.mjs';

let world, browser, app, webmail, mailed;

before(async () => {
  world = await installation('localhost', () => {});
  ({ app } = world);
  // Webmail is another site: 127.0.0.1 and localhost are two to a browser.
  webmail = createServer((_, answer) => {
    answer.setHeader('content-type', 'text/html');
    answer.end(`<title>Webmail</title>${mailed.map((it) => `<p><a href="${it}">${it}</a>`).join('')}`);
  });
  await new Promise((up) => { webmail.listen(0, '127.0.0.1', up); });
  browser = await launch();
});

after(async () => {
  await browser?.close();
  webmail?.close();
  await world?.end();
});

/** Asks for a link for somebody of the roster; each address once. */
async function linkFor(number) {
  const address = `elm${number}@harbour.example`;
  const asked = await fetch(`${app}/sign-in`, { method: 'POST', redirect: 'manual', headers: { origin: app, 'content-type': 'application/x-www-form-urlencoded' }, body: `email=${encodeURIComponent(address)}` });
  assert.equal(asked.status, 303);
  return world.link(address);
}

const at = (path) => (url) => url.pathname === path;

/** Clicks a link to `to` in webmail. */
async function clickInWebmail(page, to) {
  mailed = [to];
  await page.goto(`http://127.0.0.1:${webmail.address().port}/`);
  await page.locator('a').click();
}

test('attack 110: a mail scanner that runs scripts uses nothing up', async () => {
  const link = await linkFor(0);
  for (let time = 0; time < 3; time += 1) {
    const context = await browser.newContext();
    const page = await context.newPage();
    const asked = [];
    page.on('request', (it) => asked.push(new URL(it.url()).pathname));
    await page.goto(link);
    await page.getByRole('heading', { name: 'Sign in as Person 0?' }).waitFor();
    await page.waitForTimeout(300);
    assert.deepEqual(await context.cookies(), [], 'no session');
    assert.ok(!asked.includes('/me/pickup'), 'no token');
    await context.close();
  }
  const context = await browser.newContext({ bypassCSP: true });
  const page = await context.newPage();
  const referrers = [];
  page.on('request', (it) => referrers.push(it.url(), it.headers().referer ?? ''));
  await page.goto(link);
  await page.getByRole('heading', { name: 'Sign in as Person 0?' }).waitFor();
  assert.deepEqual(await violations(page), []);
  const code = new URL(link).hash.slice(1);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: 'Hello Person 0' }).waitFor();
  assert.ok(referrers.filter((it) => !it.includes('#')).every((it) => !it.includes(code)), 'the code is in no address or referrer');
  // The same link again: home.
  await page.goto('about:blank');
  await page.goto(link);
  await page.getByRole('heading', { name: 'Hello Person 0' }).waitFor();
  await context.close();
});

test('without scripts, the code is pasted, and asked about first, too', async () => {
  const link = await linkFor(1);
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(link);
  await page.getByLabel('Code from the link').fill(new URL(link).hash.slice(1));
  await page.getByRole('button', { name: 'Go on' }).click();
  await page.getByRole('heading', { name: 'Sign in as Person 1?' }).waitFor();
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: 'Hello Person 1' }).waitFor();
  await context.close();
});

test('attack 111: somebody else’s link never replaces a session in silence', async () => {
  const context = await browser.newContext({ bypassCSP: true });
  const page = await context.newPage();
  await signIn(page, await linkFor(2));
  const link = await linkFor(3);
  await clickInWebmail(page, link);
  await page.getByText('Person 2 is signed in here').waitFor();
  assert.deepEqual(await violations(page), []);
  await page.getByRole('link', { name: 'Stay signed in as Person 2' }).click();
  await page.getByRole('heading', { name: 'Hello Person 2' }).waitFor();
  await clickInWebmail(page, link);
  await page.getByRole('button', { name: 'Sign out and sign in' }).click();
  await page.getByRole('heading', { name: 'Hello Person 3' }).waitFor();
  await context.close();
});

test('a link in webmail opens where it leads, for whoever is signed in', async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await signIn(page, await linkFor(4));
  for (const path of ['/', '/mail', '/account', '/results']) {
    await clickInWebmail(page, app + path);
    await page.waitForURL(at(path));
    assert.equal(new URL(page.url()).search, '', path);
  }
  await page.goBack();
  assert.equal(await page.title(), 'Webmail', 'the way back leads back');
  await context.close();
});

test('whoever has to sign in first lands where the link led', async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await clickInWebmail(page, `${app}/account`);
  await page.waitForURL(at('/sign-in'));
  await page.getByRole('link', { name: 'Deutsch' }).click();
  await page.getByRole('heading', { name: 'Anmelden' }).waitFor();
  await page.locator('#email').fill('elm5@harbour.example');
  await page.getByRole('button', { name: 'Link zusenden' }).click();
  await page.getByText('Schauen Sie in Ihr Postfach').waitFor();
  const link = await world.link('elm5@harbour.example');
  assert.ok(!link.includes('account'), 'the mail says nothing of it');
  await clickInWebmail(page, link);
  await page.getByRole('button', { name: 'Anmelden' }).click();
  await page.waitForURL(at('/account'));
  await context.close();
});
