// Tokens are picked up by redirects between the two origins, and no link from elsewhere can interfere: the
// attacks in docs/attacks.md with these numbers.
//
// CHROMIUM is the browser, TIDELINE the program; `cargo xtask browser` sets both.

import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { installation, launch, moment, person, ready } from './world.mjs';

let world, browser, app, ballot, elsewhere, evil;

before(async () => {
  world = await installation('localhost', (run) => run('wave', 'open', '--label', 'now', '--opens', moment(-1000), '--closes', moment(3_600_000)));
  ({ app, ballot } = world);
  browser = await launch();
  // Another site: a page with a link, and nothing that would lead away by itself.
  elsewhere = createServer((request, response) => {
    const to = new URL(request.url, 'http://127.0.0.1').searchParams.get('to') ?? '';
    response.writeHead(200, { 'content-type': 'text/html' }).end(`<!doctype html><title>cake</title><a id="cake" href="${to.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}">cake</a>`);
  });
  await new Promise((go) => { elsewhere.listen(0, '127.0.0.1', go); });
  evil = `http://127.0.0.1:${elsewhere.address().port}`;
});

after(async () => {
  await browser?.close();
  elsewhere?.close();
  await world?.end();
});

const parcel = (content) => `#${encodeURIComponent(JSON.stringify(content))}`;
const state = (page) => page.locator('#check-in-state').textContent();

/** Follows a link of the other site, and waits until the browser has come to rest. */
async function follow(page, to) {
  await page.goto(`${evil}/?to=${encodeURIComponent(to)}`);
  await page.locator('#cake').click();
  await page.waitForURL((url) => url.origin !== evil);
  await page.waitForLoadState('networkidle');
}

const records = (page) => page.evaluate(async () => {
  const open = await new Promise((done) => { const request = indexedDB.open('tideline'); request.onsuccess = () => done(request.result); });
  const held = await new Promise((done) => { const request = open.transaction('records').objectStore('records').getAll(); request.onsuccess = () => done(request.result); });
  open.close();
  return held.map(({ state: at, cohort, element }) => ({ state: at, cohort, element }));
});

/** Signs in without what the home page does by itself: nothing has been picked up yet. */
async function signInOnly(page, address) {
  const script = /\/static\/home\./;
  await page.route(script, (route) => route.abort());
  await world.signInByMail(page, address);
  await page.waitForURL(`${app}/`);
  await page.unroute(script);
}

test('a token is picked up by redirects, and the survey page has it', async () => {
  const { context, page } = await person(browser);
  const visited = [];
  page.on('framenavigated', (frame) => { assert.equal(frame, page.mainFrame(), 'no frame'); visited.push(frame.url()); });
  await world.signInByMail(page, 'elm1@harbour.example');
  await ready(page);
  assert.match(await state(page), /ready/i);
  assert.ok(visited.some((it) => it.startsWith(`${ballot}/hand-over`)), visited.join('\n'));
  assert.equal(new URL(page.url()).hash, '', 'nothing stays in the address bar');
  // What travels is a blinded element, a proof and states: no nonce, no blinding, no token.
  const known = ['kind', 'to', 'reply', 'waves', 'states', 'seq', 'cohort', 'issued', 'blinded', 'evaluated', 'proof', 'open', 'shared', 'keeps', 'share', 'recovery', 'without'];
  for (const url of visited.filter((it) => it.includes('#%7B'))) {
    const text = decodeURIComponent(new URL(url).hash.slice(1));
    for (const [, name] of text.matchAll(/"(\w+)":/g)) assert.ok(known.includes(name) || /^\d+$/.test(name), text);
  }
  await page.goto(`${ballot}/check-in`);
  await page.getByRole('button', { name: 'Start' }).waitFor();
  // Home again does not go there again.
  const before = visited.length;
  await page.goto(`${app}/`);
  await ready(page);
  assert.ok(!visited.slice(before).some((it) => it.includes('/hand-over')));
  // Another tab does, and finds what is there.
  const tab = await context.newPage();
  await tab.goto(`${app}/`);
  await ready(tab);
  assert.deepEqual((await (async () => { await tab.goto(`${ballot}/check-in`); return records(tab); })()).map((it) => it.state), ['token']);
  await context.close();
});

test('attack 66: a link spends nobody’s one issuance', async () => {
  const { context, page } = await person(browser);
  const issued = [];
  page.on('request', (it) => { if (it.url().endsWith('/pulse/issue')) issued.push(it.postData()); });
  await signInOnly(page, 'elm2@harbour.example');
  const [{ seq, cohort }] = (await page.evaluate(async () => (await fetch('/me/pickup')).json())).waves;
  // A valid element of a stranger, in all the ways there are, with and without a value for the tab.
  const element = '4nb7F0Vw3eEsGNvPGJMYqXM2cO0ZTcYCM0Zdck9KKgo';
  for (const to of ['', 'AAAAAAAAAAAAAAAAAAAAAA', null]) {
    for (const path of ['/', '/in', '/pick-up']) {
      await follow(page, `${app}${path}${parcel({ kind: 'blinded', to, reply: 'x', waves: [{ seq, cohort, blinded: element }], states: {} })}`);
    }
  }
  assert.ok(issued.every((it) => !it.includes(element)), issued.join('\n'));
  await page.goto(`${app}/`);
  await ready(page);
  await page.goto(`${ballot}/check-in`);
  await page.getByRole('button', { name: 'Start' }).waitFor();
  await context.close();
});

test('attack 67: a link leaves nothing behind that blocks, and forgets nothing', async () => {
  const { context, page } = await person(browser);
  // Before this person was ever here: other cohorts, wrong waves, made-up elements.
  for (const waves of [[{ seq: 1, cohort: 'c99', issued: null, open: true }], [{ seq: 1, cohort: 'c1', issued: null, open: true }], [{ seq: 1, cohort: 'c1', issued: 'x', open: true }], [{ seq: 7, cohort: 'c1', issued: null, open: true }], 'x', null]) {
    await follow(page, `${ballot}/hand-over${parcel({ kind: 'pick-up', to: '', reply: 'x', waves, shared: false })}`);
  }
  await world.signInByMail(page, 'elm3@harbour.example');
  await ready(page);
  await page.goto(`${ballot}/check-in`);
  await page.getByRole('button', { name: 'Start' }).waitFor();
  const mine = (await records(page)).find((it) => it.state === 'token');
  // And afterwards: nothing that the issuer is said to have said is believed.
  for (const more of [{ gone: true }, { evaluated: mine.element, proof: 'x' }]) {
    await follow(page, `${ballot}/hand-over${parcel({ kind: 'issued', to: '', reply: 'x', waves: [{ seq: 1, cohort: mine.cohort, blinded: mine.element, ...more }], states: {} })}`);
  }
  await follow(page, `${ballot}/hand-over${parcel({ kind: 'pick-up', to: '', reply: 'x', waves: [{ seq: 1, cohort: mine.cohort, issued: null, open: true }], shared: false })}`);
  await page.goto(`${ballot}/check-in`);
  await page.getByRole('button', { name: 'Start' }).waitFor();
  await page.goto(`${app}/`);
  await ready(page);
  await context.close();
});

test('attack 68: a link makes nothing look ready', async () => {
  const { context, page } = await person(browser);
  await signInOnly(page, 'elm4@harbour.example');
  // Nothing can be picked up: so whatever looks ready came from the link.
  await context.route('**/pulse/issue', (route) => route.fulfill({ status: 503, body: '{"error":"unavailable"}' }));
  for (const to of ['', 'AAAAAAAAAAAAAAAAAAAAAA']) {
    for (const path of ['/', '/in', '/pick-up']) {
      await follow(page, `${app}${path}${parcel({ kind: 'outcome', to, reply: '', states: { 1: 'ready' } })}`);
      await page.goto(`${app}/`);
      await page.locator('#check-in-state .actions').first().waitFor();
      const yes = page.getByRole('button', { name: /^Yes, on this device/ });
      if (await yes.isVisible()) await yes.click();
      await page.getByText(/could not be made ready/i).waitFor();
    }
  }
  await context.close();
});

test('attack 69: no page but the tablet’s own has a browser forget', async () => {
  const { context, page } = await person(browser);
  await world.signInByMail(page, 'elm6@harbour.example');
  await ready(page);
  const cleared = [];
  page.on('response', (it) => { if (it.headers()['clear-site-data']) cleared.push(it.url()); });
  const end = `${ballot}/kiosk/end`;
  await page.goto(`${evil}/?to=x`);
  await page.evaluate(async (to) => {
    for (const [name, key] of [['img', 'src'], ['iframe', 'src'], ['script', 'src'], ['object', 'data']]) {
      const it = document.createElement(name);
      it[key] = to;
      document.body.append(it);
    }
    for (const method of ['GET', 'POST']) await fetch(to, { method, mode: 'no-cors', credentials: 'include' }).catch(() => undefined);
    await new Promise((go) => setTimeout(go, 500));
  }, end);
  await follow(page, end);
  await page.goto(`${evil}/?to=x`);
  await page.evaluate((to) => {
    const form = document.createElement('form');
    Object.assign(form, { method: 'post', action: to });
    document.body.append(form);
    form.submit();
  }, end);
  await page.getByText(/Nothing was deleted/).waitFor();
  assert.deepEqual(cleared, []);
  await page.goto(`${ballot}/check-in`);
  await page.getByRole('button', { name: 'Start' }).waitFor();
  await page.goto(`${app}/`);
  await ready(page);
  await context.close();
});
