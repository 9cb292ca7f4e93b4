// A nurse's journey in a real browser, against the real program: sign in, pick up a token, answer,
// see "done"; then the team lead, HR and a withheld team. Screenshots land in target/screenshots.
//
// CHROMIUM is the browser, TIDELINE the program; `cargo xtask test` sets both.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { chromium } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const shots = new URL('../../target/screenshots/', import.meta.url).pathname;
const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'];

let program, folder, browser, out = '';
const links = {};

async function freePort() {
  for (;;) {
    const first = await new Promise((found) => {
      const probe = createServer().listen(0, '127.0.0.1', () => { const { port } = probe.address(); probe.close(() => found(port)); });
    });
    if (first < 60_000) return first;
  }
}

before(async () => {
  mkdirSync(shots, { recursive: true });
  folder = mkdtempSync(join(tmpdir(), 'tideline-browser-'));
  const port = await freePort();
  program = spawn(process.env.TIDELINE, ['demo', '--out', join(folder, 'demo'), '--people', '100', '--waves', '8', '--seed', '7', '--port', String(port)], { stdio: ['ignore', 'pipe', 'inherit'] });
  program.stdout.on('data', (text) => { out += text; });
  for (let waited = 0; !out.includes('Stop with Ctrl-C'); waited += 1) {
    assert.ok(waited < 1200 && program.exitCode === null, `the program did not come up:\n${out}`);
    await new Promise((go) => setTimeout(go, 250));
  }
  for (const line of out.split('\n')) {
    const found = /^(.*\S)\s+(https?:\/\/\S+)$/.exec(line);
    if (found) links[found[1]] = found[2];
  }
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: flags });
});

after(async () => {
  await browser?.close();
  if (program?.exitCode === null) {
    const gone = new Promise((done) => program.once('exit', done));
    program.kill('SIGTERM');
    await gone;
  }
  if (folder) rmSync(folder, { recursive: true, force: true });
});

async function person(options = {}) {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, reducedMotion: 'reduce', ...options });
  return { context, page: await context.newPage() };
}

async function signIn(page, role) {
  await page.goto(links[role]);
  await page.waitForURL((url) => url.pathname === '/');
}

async function accessible(page, what) {
  const { violations } = await page.evaluate(async (code) => {
    const run = new Function(`${code}; return window.axe.run({ resultTypes: ['violations'] });`);
    return run();
  }, axe);
  const found = violations.map((it) => `${it.id}: ${it.nodes.map((node) => node.target.join(' ')).join(', ')}`);
  assert.deepEqual(found, [], `axe on ${what}`);
}

async function fits(page, what) {
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(wider <= 0, `${what} scrolls sideways by ${wider} px`);
}

/** Looks at a page in the sizes and colours people use, and keeps a picture of each. */
async function look(page, name) {
  for (const [width, height] of [[320, 640], [768, 1024], [1280, 900]]) {
    for (const colorScheme of ['light', 'dark']) {
      await page.setViewportSize({ width, height });
      await page.emulateMedia({ colorScheme });
      await fits(page, `${name} at ${width}`);
      await page.screenshot({ path: join(shots, `${name}-${width}-${colorScheme}.png`), fullPage: true });
    }
  }
  await page.emulateMedia({ colorScheme: 'light' });
}

test('a nurse answers once, on a phone, and nothing leaves before Send', async () => {
  const { context, page } = await person({ bypassCSP: true });
  await signIn(page, 'staff');
  await page.getByRole('link', { name: /check-in/i }).first().waitFor();
  await page.waitForFunction(() => /ready\./i.test(document.querySelector('#check-in-state')?.textContent ?? ''), null, { timeout: 30_000 });
  await accessible(page, 'home');
  await look(page, 'home');
  await page.setViewportSize({ width: 390, height: 844 });

  await page.goto(links.survey);
  const start = page.getByRole('button', { name: 'Start' });
  await start.waitFor();
  await accessible(page, 'promise');
  await look(page, 'promise');
  await page.setViewportSize({ width: 390, height: 844 });

  const requests = [];
  page.on('request', (request) => requests.push(request));
  await start.click();
  for (let question = 1; question <= 9; question += 1) {
    await page.getByRole('heading', { level: 1, name: new RegExp(`question ${question} of 9`, 'i') }).waitFor();
    if (question === 1) {
      await accessible(page, 'question');
      await look(page, 'question');
      await page.setViewportSize({ width: 390, height: 844 });
      await page.getByRole('button', { name: 'Continue' }).click();
      await page.getByRole('heading', { name: 'There is a problem' }).waitFor();
    }
    const options = page.locator('fieldset:visible input[type=radio]');
    await options.nth(question % 5).check();
    await page.getByRole('button', { name: 'Continue' }).click();
  }
  const send = page.getByRole('button', { name: /^Send/ });
  await send.waitFor();
  await accessible(page, 'check');
  await look(page, 'check');
  await page.setViewportSize({ width: 390, height: 844 });

  const posted = requests.filter((it) => it.method() !== 'GET');
  assert.equal(posted.length, 0, 'no answer leaves before Send');
  const [redeem] = await Promise.all([page.waitForRequest((it) => it.url().endsWith('/redeem')), send.click()]);
  const headers = await redeem.allHeaders();
  assert.equal(headers.cookie, undefined, 'the ballot carries no cookie');
  assert.equal(headers.referer, undefined, 'the ballot carries no referrer');
  assert.equal(headers.authorization, undefined);
  assert.deepEqual(Object.keys(JSON.parse(redeem.postData())), ['cohort', 'nonce', 'ballot', 'mac']);
  await page.getByRole('heading', { name: /thank you/i }).waitFor();
  await accessible(page, 'done');
  await look(page, 'done');

  await page.goto(links.survey);
  await page.getByText(/already/i).first().waitFor();
  const again = await page.getByRole('button', { name: 'Start' }).isVisible();
  assert.equal(again, false, 'nobody answers twice');
  await context.close();
});

test('a team lead sees the team, and only the team', async () => {
  const { context, page } = await person({ bypassCSP: true, viewport: { width: 1280, height: 900 } });
  await signIn(page, 'manager');
  await page.getByRole('link', { name: /results.*night crisis line/i }).first().click();
  await page.getByRole('heading', { level: 1, name: /night crisis line/i }).waitFor();
  const team = new URL(page.url()).pathname;
  for (const measure of [/burnout/i, /secondary traumatic stress/i, /compassion satisfaction/i]) {
    await page.getByRole('heading', { name: measure }).first().waitFor();
  }
  const figures = await page.locator('figure svg[role=img]').count();
  assert.ok(figures >= 3);
  await accessible(page, 'team');
  await look(page, 'team');
  await page.goto(new URL(`${team}/levers`, page.url()).href);
  await accessible(page, 'levers');
  await look(page, 'levers');

  const origin = new URL(page.url()).origin;
  const other = await page.request.get(`${origin}/org`);
  const nowhere = await page.request.get(`${origin}/team/00000000-0000-4000-8000-000000000000`);
  assert.deepEqual([other.status(), nowhere.status()], [404, 404]);
  assert.equal(await other.text(), await nowhere.text());
  await context.close();
});

test('HR sees the organisation, hidden teams stay hidden, the PDF is there', async () => {
  const { context, page } = await person({ bypassCSP: true, viewport: { width: 1280, height: 900 } });
  await signIn(page, 'HR');
  const origin = new URL(page.url()).origin;
  await page.goto(`${origin}/org`);
  await accessible(page, 'organisation');
  await look(page, 'organisation');
  await page.goto(`${origin}/org/units`);
  const rows = page.locator('table tr', { hasText: '[c]' });
  assert.ok((await rows.count()) > 0, 'some small team is withheld');

  const teams = await page.locator('table a[href^="/team/"]').evaluateAll((all) => all.map((it) => it.href));
  let withheld;
  for (const team of teams) {
    await page.goto(team);
    if (await page.getByText('not shown on their own').count()) { withheld = team; break; }
  }
  if (withheld) {
    await accessible(page, 'withheld');
    await look(page, 'withheld');
  }
  await page.goto(`${origin}/org/reports`);
  await accessible(page, 'reports');
  const pdf = await page.locator('a[href$=".pdf"]').first().getAttribute('href');
  const response = await page.request.get(new URL(pdf, origin).href);
  assert.equal(response.status(), 200);
  assert.equal((await response.body()).subarray(0, 5).toString(), '%PDF-');
  await context.close();
});

test('everybody may read about privacy and support, without signing in or scripts', async () => {
  const { context, page } = await person({ javaScriptEnabled: false });
  const origin = new URL(links.app).origin;
  for (const route of ['privacy', 'support', 'sign-in', 'reading']) {
    const response = await page.goto(`${origin}/${route}`);
    if (response.status() === 200) {
      await look(page, route);
      await page.getByRole('heading', { level: 1 }).waitFor();
    }
    assert.ok([200, 404].includes(response.status()));
  }
  await page.goto(links.survey);
  await page.getByText(/JavaScript/).first().waitFor();
  await context.close();
});

test('the survey works by keyboard alone, Back keeps answers, and nothing is asked of the server', async () => {
  const { context, page } = await person();
  await signIn(page, 'privacy officer');
  await page.waitForFunction(() => /ready\./i.test(document.querySelector('#check-in-state')?.textContent ?? ''), null, { timeout: 30_000 });
  await page.goto(links.survey);
  await page.getByRole('button', { name: 'Start' }).waitFor();

  const focusOn = async (locator, what) => {
    for (let key = 0; key < 30; key += 1) {
      if (await locator.evaluate((it) => it === document.activeElement)) return;
      await page.keyboard.press('Tab');
    }
    assert.fail(`${what} cannot be reached by Tab`);
  };
  const press = async (name) => {
    await focusOn(page.getByRole('button', { name }), String(name));
    await page.keyboard.press('Enter');
  };
  const requests = [];
  page.on('request', (request) => requests.push(`${request.method()} ${new URL(request.url()).pathname}`));
  await press('Start');
  for (let question = 1; question <= 9; question += 1) {
    await page.getByRole('heading', { level: 1, name: new RegExp(`question ${question} of 9`, 'i') }).waitFor();
    assert.match(await page.title(), new RegExp(`question ${question} of 9`, 'i'));
    const within = await page.evaluate(() => Boolean(document.activeElement?.closest('fieldset, main, form')));
    assert.ok(within, 'focus is at the statement');
    const options = page.locator('fieldset:visible input[type=radio]');
    await focusOn(options.first(), 'the first answer');
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowDown');
    assert.ok(await options.nth(1).isChecked());
    await press('Continue');
    if (question === 3) {
      await page.goBack();
      await page.getByRole('heading', { level: 1, name: /question 3 of 9/i }).waitFor();
      assert.ok(await page.locator('fieldset:visible input[type=radio]').nth(1).isChecked(), 'Back keeps the answer');
      await press('Continue');
    }
  }
  await page.getByRole('button', { name: /^Send/ }).waitFor();
  assert.deepEqual(requests, [], 'nothing is asked of the server before Send');
  assert.deepEqual((await context.cookies(links.survey)).map((it) => it.name), ['tideline'], 'only the sign-in, which the ballot side does not read');
  await press(/^Send/);
  await page.getByRole('heading', { name: /thank you/i }).waitFor();
  await context.close();
});
