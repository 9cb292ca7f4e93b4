// Attacks that need a real browser: what its requests carry, which connections they share, what a
// shared tablet remembers. Numbered as in docs/attacks.md.
//
// CHROMIUM is the browser, TIDELINE the program; `cargo xtask attacks` and `browser` set both.

import assert from 'node:assert/strict';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { createServer as createWebServer } from 'node:http';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { answer, choose, demo, launch, person as someone, ready, signIn } from './world.mjs';

let world, browser, links;
/** What went through to each listener: a list of connections, each with the requests on it. */
const seen = { app: [], ballot: [] };
const proxies = [];

/** Passes bytes on and notes the requests on each connection, as a server sees its sockets. */
async function tap(kind, to) {
  const server = createServer((client) => {
    const requests = [];
    seen[kind].push(requests);
    const upstream = connect(to, '127.0.0.1');
    client.on('data', (bytes) => {
      const text = bytes.toString('latin1');
      for (const [, line, head] of text.matchAll(/((?:GET|POST|OPTIONS|HEAD) \S+) HTTP\/1\.1\r\n([\s\S]*?)\r\n\r\n/g)) {
        requests.push({ line, head: head.toLowerCase() });
      }
      upstream.write(bytes);
    });
    upstream.on('data', (bytes) => client.write(bytes));
    const end = () => { client.destroy(); upstream.destroy(); };
    for (const socket of [client, upstream]) { socket.on('close', end); socket.on('error', end); }
  });
  proxies.push(server);
  return new Promise((found) => { server.listen(0, '127.0.0.1', () => found(server.address().port)); });
}

before(async () => {
  world = await demo({ people: 60, waves: 1 });
  ({ links } = world);
  // The browser reaches both listeners through taps.
  const app = await tap('app', world.port);
  const ballot = await tap('ballot', world.port + 1);
  browser = await launch(`--host-resolver-rules=MAP localhost:${world.port} 127.0.0.1:${app}, MAP localhost:${world.port + 1} 127.0.0.1:${ballot}`);
});

after(async () => {
  await browser?.close();
  for (const proxy of proxies) proxy.close();
  await world?.end();
});

const person = () => someone(browser);

async function pickUp(page, role) {
  await signIn(page, links[role]);
  await ready(page);
}

test('attack 33: the ballot carries no sign-in and shares no connection with one', async () => {
  const { context, page } = await person();
  await pickUp(page, 'staff');
  const loaded = [];
  page.on('request', (it) => loaded.push(new URL(it.url())));
  await page.goto(links.survey);
  await answer(page);
  await page.getByRole('button', { name: /^Send/ }).click();
  await page.getByRole('heading', { name: /thank you/i }).waitFor();

  const on = (kind, part) => seen[kind].filter((requests) => requests.some((it) => it.line.includes(part)));
  const [connection, ...others] = on('ballot', 'POST /redeem');
  assert.ok(connection && others.length === 0, 'one request, seen by the tap');
  const redeem = connection.find((it) => it.line.startsWith('POST /redeem'));
  for (const name of ['cookie', 'authorization', 'referer', 'x-']) {
    assert.ok(!redeem.head.split('\r\n').some((it) => it.startsWith(name)), `${name} in ${redeem.head}`);
  }
  // No connection carries both the ballot and a cookie, on either listener.
  assert.ok(connection.every((it) => !it.head.includes('\r\ncookie:')), 'no cookie on that connection');
  assert.ok(seen.app.flat().some((it) => it.head.includes('cookie:')), 'the tap sees cookies where they are');
  assert.ok(seen.app.flat().every((it) => !it.line.includes('/redeem')));
  // The survey page loads from its own origin, and the public manifest from the other.
  const own = new URL(links.survey).origin;
  const foreign = loaded.filter((it) => it.origin !== own && it.protocol !== 'data:');
  assert.ok(foreign.every((it) => it.pathname.startsWith('/w/')), foreign.join());
  const manifests = seen.app.flat().filter((it) => it.line.includes('/w/'));
  assert.ok(manifests.length > 0 && manifests.every((it) => !/\r\n(cookie|authorization|referer):/.test(it.head)));
  await context.close();
});

test('attack 28: a sign-in is nowhere a script, an address or a log could find it', async () => {
  const { context, page } = await person();
  // Read on the way: the page goes on to another one, and takes the answer with it.
  const bearers = [];
  await page.route('**/me/pickup', async (route) => {
    const response = await route.fetch();
    if (response.ok()) bearers.push(...(await response.json()).waves.map((it) => it.token));
    await route.fulfill({ response });
  });
  const addresses = [];
  page.on('request', (it) => addresses.push(it.url()));
  await pickUp(page, 'HR');
  assert.ok(bearers.length > 0);
  const tells = (text) => bearers.some((it) => text.includes(it));
  const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, location.href, document.documentElement.outerHTML]));
  assert.ok(!tells(kept), 'in the page');
  assert.ok(!addresses.some(tells), 'in an address');
  const cookies = await context.cookies();
  assert.ok(cookies.every((it) => !tells(it.value) && it.httpOnly), 'in a cookie, or one that scripts can read');
  assert.ok(!new URL(page.url()).hash, 'the code of the link is gone from the address bar');
  await context.close();
});

test('attack 61: who answers right after pick-up is told what that means, and nobody else is', async () => {
  const before = snapshot(world.data);
  const { context, page } = await person();
  await pickUp(page, 'manager');
  const said = await page.locator('#check-in-state').textContent();
  assert.match(said, /picked up just now/i);
  assert.match(said, /later today, tomorrow or on the shared tablet/i);
  const posts = [];
  page.on('request', (it) => { if (it.method() !== 'GET') posts.push(it.url()); });
  await page.getByRole('link', { name: /go to the check-in/i }).click();
  await page.getByRole('button', { name: 'Start' }).waitFor();
  assert.deepEqual(posts, [], 'going on at once is told to nobody');
  await page.goBack();
  await page.reload();
  await ready(page);
  assert.doesNotMatch(await page.locator('#check-in-state').textContent(), /just now/i);
  // Not in a file, either: the list of pick-ups grew, and nothing else that tells a choice.
  const after = snapshot(world.data);
  assert.deepEqual([...after.keys()].filter((it) => !before.has(it) && !/sqlite|mail/.test(it)), []);
  await context.close();
});

function snapshot(root) {
  const files = new Map();
  const walk = (dir) => {
    for (const name of readdirSync(dir)) {
      const path = join(dir, name);
      if (statSync(path).isDirectory()) walk(path); else files.set(path, readFileSync(path).length);
    }
  };
  walk(root);
  return files;
}

// Every way in which a page could tell somebody something. Each calls at an address of its own.
const callOn = (page, origin) => page.evaluate(async (to) => {
  const element = (name, set) => { const it = document.createElement(name); Object.assign(it, set); document.body.append(it); return it; };
  const quiet = async (call) => { try { await call(); } catch { /* refused */ } };
  await quiet(() => fetch(`${to}/call/fetch`, { mode: 'no-cors' }));
  await quiet(() => fetch(`${to}/call/keepalive`, { method: 'POST', mode: 'no-cors', keepalive: true, body: 'x' }));
  await quiet(() => { const it = new XMLHttpRequest(); it.open('GET', `${to}/call/xhr`); it.send(); });
  await quiet(() => navigator.sendBeacon(`${to}/call/beacon`, 'x'));
  await quiet(() => new EventSource(`${to}/call/events`));
  await quiet(() => new WebSocket(`${to.replace('http', 'ws')}/call/socket`));
  element('img', { src: `${to}/call/image` });
  element('script', { src: `${to}/call/script` });
  element('script', { type: 'module', src: `${to}/call/module` });
  element('link', { rel: 'stylesheet', href: `${to}/call/style` });
  element('link', { rel: 'prefetch', href: `${to}/call/prefetch` });
  element('link', { rel: 'preload', as: 'image', href: `${to}/call/preload` });
  element('iframe', { src: `${to}/call/frame`, name: 'inner' });
  element('object', { data: `${to}/call/object` });
  element('video', { src: `${to}/call/video` });
  await quiet(async () => { await new FontFace('told', `url(${to}/call/font)`).load(); });
  element('form', { method: 'post', target: 'inner', action: `${to}/call/form` }).submit();
  await new Promise((go) => setTimeout(go, 1500));
}, origin);

test('the page for the person alone can tell nobody anything, not even its own server', async (t) => {
  const calls = [];
  const listener = createWebServer((request, response) => {
    const kind = /^\/call\/(\w+)/.exec(request.url)?.[1];
    if (kind) calls.push(kind);
    response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>control</title><body>');
  });
  await new Promise((go) => { listener.listen(0, '127.0.0.1', go); });
  t.after(() => { listener.close(); listener.closeAllConnections(); });
  const elsewhere = `http://127.0.0.1:${listener.address().port}`;
  const { context, page } = await person();
  await page.goto(elsewhere);
  await callOn(page, elsewhere);
  const control = calls.splice(0).sort();
  assert.deepEqual(control, ['beacon', 'events', 'fetch', 'font', 'form', 'frame', 'image', 'keepalive', 'module', 'object', 'prefetch', 'preload', 'script', 'socket', 'style', 'video', 'xhr'], 'the listener hears a page that has no policy');

  const own = new URL(links.app).origin;
  const heard = () => seen.app.flat().map((it) => it.line).filter((it) => it.includes('/call/'));
  await page.goto(`${own}/privacy`);
  await callOn(page, own);
  const before = heard().length;
  assert.ok(before > 0, 'our server hears another page of ours, which may talk to it');
  await page.goto(`${own}/reflect`);
  assert.equal(await page.locator('script').count(), 0);
  for (const question of await page.locator('.sort fieldset').all()) await question.locator('input').first().check();
  await page.locator('.drain:visible').waitFor();
  await callOn(page, elsewhere);
  await callOn(page, own);
  assert.deepEqual(calls, [], 'somewhere else');
  assert.deepEqual(heard().slice(before), [], 'its own server');
  await context.close();
});

/** Somebody begins on the tablet and goes away. It asks, waits longer for whoever is still there, forgets. */
async function leaveAlone(address) {
  const redeemed = () => seen.ballot.flat().filter((it) => it.line.startsWith('POST /redeem')).length;
  const before = redeemed();
  const { context, page } = await person();
  await page.clock.install();
  await page.goto(address);
  await page.getByRole('button', { name: 'Start' }).click();
  await choose(page, 2);
  const answered = page.getByRole('button', { name: /^Back: “/ });
  await answered.waitFor();
  const warning = page.locator('#idle-warning');
  await page.clock.fastForward(59_000);
  assert.ok(!await warning.isVisible(), 'not before a minute');
  await page.clock.fastForward(2_000);
  await warning.waitFor();
  assert.equal(await page.evaluate(() => document.activeElement?.closest('dialog')?.id), 'idle-warning', 'keys reach the only button');
  await page.keyboard.press('Enter');
  await warning.waitFor({ state: 'hidden' });
  assert.ok(await answered.isVisible(), 'nothing is lost by asking');
  await page.clock.fastForward(61_000);
  await warning.waitFor();
  const [end] = await Promise.all([page.waitForResponse((it) => new URL(it.url()).pathname === '/kiosk/end'), page.clock.fastForward(21_000)]);
  assert.ok((await end.headerValue('clear-site-data')).includes('"storage"'));
  await page.getByRole('link', { name: 'Next person' }).waitFor();
  assert.equal(await page.locator('fieldset').count(), 0);
  assert.equal(redeemed(), before, 'nothing was sent');
  await context.close();
}

test('attack 58: a shared tablet remembers nobody', async () => {
  // Somebody picks up a token on a phone and shows its code.
  const phone = await person();
  const role = Object.keys(links).find((it) => !['staff', 'manager', 'HR', 'app', 'survey'].includes(it)) ?? 'staff';
  await pickUp(phone.page, role);
  const origin = new URL(links.survey).origin;
  const code = await phone.page.context().newPage();
  await code.goto(`${origin}/device`);
  await code.getByRole('button', { name: 'Show my code' }).click();
  await code.getByRole('img', { name: /shared tablet/i }).waitFor();
  const address = await code.evaluate(async () => {
    const open = await new Promise((done) => { const request = indexedDB.open('tideline'); request.onsuccess = () => done(request.result); });
    const held = await new Promise((done) => { const request = open.transaction('records').objectStore('records').getAll(); request.onsuccess = () => done(request.result); });
    open.close();
    const token = held.find((it) => it.state === 'token');
    const bytes = [...token.nonce, ...token.output];
    const text = btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
    return `/kiosk#pulse-t:1:${token.seq}:${token.cohort}:${text}`;
  });

  await leaveAlone(`${origin}${address}`);
  const tablet = await person();
  await tablet.page.goto(`${origin}${address}`);
  await tablet.page.getByRole('button', { name: 'Start' }).waitFor();
  assert.equal(new URL(tablet.page.url()).hash, '', 'the code is gone from the address bar');
  const length = await tablet.page.evaluate(() => history.length);
  await answer(tablet.page);
  assert.equal(await tablet.page.evaluate(() => history.length), length, 'no step is in the history');
  const [redeem] = await Promise.all([tablet.page.waitForRequest((it) => it.url().endsWith('/redeem')), tablet.page.getByRole('button', { name: /^Send/ }).click()]);
  assert.equal((await redeem.response()).status(), 200);
  await tablet.page.getByRole('heading', { name: /thank you/i }).waitFor();
  const [end] = await Promise.all([tablet.page.waitForResponse((it) => new URL(it.url()).pathname === '/kiosk/end'), tablet.page.getByRole('button', { name: 'Done' }).click()]);
  const cleared = await end.headerValue('clear-site-data');
  for (const what of ['cache', 'storage']) assert.ok(cleared.includes(`"${what}"`), cleared);
  assert.ok(!cleared.includes('cookies'), 'browsers would clear those of the whole domain');
  await tablet.page.getByRole('link', { name: 'Next person' }).waitFor();

  const left = await tablet.page.evaluate(async () => ({
    databases: (await indexedDB.databases()).map((it) => it.name),
    local: { ...localStorage },
    session: { ...sessionStorage },
    caches: await caches.keys(),
    cookie: document.cookie,
  }));
  assert.deepEqual(left, { databases: [], local: {}, session: {}, caches: [], cookie: '' });
  assert.deepEqual(await tablet.context.cookies(), []);
  // The next person goes back, and finds no answer, no token and no question.
  await tablet.page.goBack().catch(() => undefined);
  await tablet.page.waitForTimeout(500);
  assert.equal(await tablet.page.locator('fieldset:visible').count(), 0);
  assert.equal(await tablet.page.locator('.option[aria-current]').count(), 0);
  await tablet.page.goto(`${origin}/kiosk`);
  await tablet.page.getByRole('button', { name: 'Scan my code' }).waitFor();
  assert.equal(await tablet.page.locator('#scan-text').inputValue(), '');
  // The same code again: it was used.
  await tablet.page.goto('about:blank');
  await tablet.page.goto(`${origin}${address}`);
  await answer(tablet.page);
  await tablet.page.getByRole('button', { name: /^Send/ }).click();
  await tablet.page.getByRole('heading', { name: /already sent/i }).waitFor();
  await tablet.context.close();
  await phone.context.close();
});
