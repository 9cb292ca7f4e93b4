// Attacks that need a real browser: what its requests carry, which connections they share, what a
// shared tablet remembers. Numbered as in docs/attacks.md.
//
// CHROMIUM is the browser, TIDELINE the program; `cargo xtask attacks` and `browser` set both.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { chromium } from 'playwright-core';

const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'];

let program, folder, browser, out = '';
const links = {};
/** What went through to each listener: a list of connections, each with the requests on it. */
const seen = { app: [], ballot: [] };
const proxies = [];

async function freePair() {
  for (;;) {
    const port = await new Promise((found) => {
      const probe = createServer().listen(0, '127.0.0.1', () => { const { port: it } = probe.address(); probe.close(() => found(it)); });
    });
    if (port < 60_000) return port;
  }
}

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
  folder = mkdtempSync(join(tmpdir(), 'tideline-attacks-'));
  const port = await freePair();
  program = spawn(process.env.TIDELINE, ['demo', '--out', join(folder, 'demo'), '--people', '60', '--waves', '1', '--seed', '7', '--port', String(port)], { stdio: ['ignore', 'pipe', 'inherit'] });
  program.stdout.on('data', (text) => { out += text; });
  for (let waited = 0; !out.includes('Stop with Ctrl-C'); waited += 1) {
    assert.ok(waited < 1200 && program.exitCode === null, `the program did not come up:\n${out}`);
    await new Promise((go) => setTimeout(go, 250));
  }
  for (const line of out.split('\n')) {
    const found = /^(.*\S)\s+(https?:\/\/\S+)$/.exec(line);
    if (found) links[found[1]] = found[2];
  }
  // The browser reaches both listeners through taps.
  const app = await tap('app', port);
  const ballot = await tap('ballot', port + 1);
  const rules = `MAP localhost:${port} 127.0.0.1:${app}, MAP localhost:${port + 1} 127.0.0.1:${ballot}`;
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: [...flags, `--host-resolver-rules=${rules}`] });
});

after(async () => {
  await browser?.close();
  for (const proxy of proxies) proxy.close();
  if (program?.exitCode === null) {
    const gone = new Promise((done) => program.once('exit', done));
    program.kill('SIGTERM');
    await gone;
  }
  if (folder) rmSync(folder, { recursive: true, force: true });
});

const person = async () => {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, reducedMotion: 'reduce' });
  return { context, page: await context.newPage() };
};

async function pickUp(page, role) {
  await page.goto(links[role]);
  await page.waitForURL((url) => url.pathname === '/');
  await page.waitForFunction(() => /ready\./i.test(document.querySelector('#check-in-state')?.textContent ?? ''), null, { timeout: 30_000 });
}

async function answer(page) {
  await page.getByRole('button', { name: 'Start' }).click();
  for (let question = 1; question <= 9; question += 1) {
    await page.getByRole('heading', { level: 1, name: new RegExp(`question ${question} of 9`, 'i') }).waitFor();
    await page.locator('fieldset:visible input[type=radio]').nth(question % 5).check();
    await page.getByRole('button', { name: 'Continue' }).click();
  }
  await page.getByRole('button', { name: /^Send/ }).waitFor();
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
  const answered = page.waitForResponse((it) => it.url().endsWith('/me/pickup'));
  const addresses = [];
  page.on('request', (it) => addresses.push(it.url()));
  await pickUp(page, 'HR');
  const { waves } = await (await answered).json();
  assert.ok(waves.length > 0);
  const bearer = waves[0].token;
  const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, location.href, document.documentElement.outerHTML]));
  assert.ok(!kept.includes(bearer), 'in the page');
  assert.ok(addresses.every((it) => !it.includes(bearer)), 'in an address');
  const cookies = await context.cookies();
  assert.ok(cookies.every((it) => !it.value.includes(bearer) && it.httpOnly), 'in a cookie, or one that scripts can read');
  assert.ok(!new URL(page.url()).hash, 'the code of the link is gone from the address bar');
  await context.close();
});

test('attack 61: who answers right after pick-up is told what that means, and nobody else is', async () => {
  const before = snapshot(join(folder, 'demo'));
  const { context, page } = await person();
  await pickUp(page, 'manager');
  const said = await page.locator('#check-in-state').textContent();
  assert.match(said, /picked up just now/i);
  assert.match(said, /answer later today or tomorrow/i);
  const posts = [];
  page.on('request', (it) => { if (it.method() !== 'GET') posts.push(it.url()); });
  await page.getByRole('link', { name: /go to the check-in/i }).click();
  await page.getByRole('button', { name: 'Start' }).waitFor();
  assert.deepEqual(posts, [], 'going on at once is told to nobody');
  await page.goBack();
  await page.reload();
  await page.waitForFunction(() => /ready\./i.test(document.querySelector('#check-in-state')?.textContent ?? ''));
  assert.doesNotMatch(await page.locator('#check-in-state').textContent(), /just now/i);
  // Not in a file, either: the list of pick-ups grew, and nothing else that tells a choice.
  const after = snapshot(join(folder, 'demo'));
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
    const held = await new Promise((done) => { const request = open.transaction('waves').objectStore('waves').getAll(); request.onsuccess = () => done(request.result); });
    open.close();
    const token = held.find((it) => it.state === 'token');
    const bytes = [...token.nonce, ...token.output];
    const text = btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
    return `/kiosk#pulse-t:1:${token.seq}:${token.cohort}:${text}`;
  });

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
  const [end] = await Promise.all([tablet.page.waitForResponse((it) => new URL(it.url()).pathname === '/kiosk/end'), tablet.page.getByRole('link', { name: 'Done' }).click()]);
  const cleared = await end.headerValue('clear-site-data');
  for (const what of ['cache', 'cookies', 'storage']) assert.ok(cleared.includes(`"${what}"`), cleared);
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
  assert.equal(await tablet.page.locator('input[type=radio]:checked').count(), 0);
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
