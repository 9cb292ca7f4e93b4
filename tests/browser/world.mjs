// The real program with its demo, and a browser. CHROMIUM is the browser, TIDELINE the program;
// `cargo xtask browser` sets both.

import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, openSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

export const axeCode = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
export const target = new URL('../../target/', import.meta.url).pathname;
export const shots = join(target, 'screenshots');
const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'];
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

export async function freePort() {
  for (;;) {
    const first = await new Promise((found) => {
      const probe = createServer().listen(0, '127.0.0.1', () => { const { port } = probe.address(); probe.close(() => found(port)); });
    });
    if (first < 60_000) return first;
  }
}

/** Ends a process with this one, also when a test failed before it did. */
export function endWithUs(child) {
  process.once('exit', () => child.kill('SIGKILL'));
  return child;
}

/** Starts the program and waits until it has said `ready`. */
export async function start(args, env, ready) {
  const program = endWithUs(spawn(process.env.TIDELINE, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } }));
  const world = { program, out: '' };
  const note = (text) => { world.out += text; };
  program.stdout.on('data', note);
  program.stderr.on('data', note);
  for (let waited = 0; !world.out.includes(ready); waited += 1) {
    assert.ok(waited < 1200 && program.exitCode === null, `the program did not come up:\n${world.out}`);
    await new Promise((go) => setTimeout(go, 250));
  }
  return world;
}

export async function stop({ program }) {
  if (program.exitCode !== null) return;
  const gone = new Promise((done) => program.once('exit', done));
  program.kill('SIGTERM');
  await gone;
}

/** The demo: a fictional organisation with some waves and one that is open. */
export async function demo({ people = 100, waves = 8 } = {}) {
  mkdirSync(shots, { recursive: true });
  const folder = mkdtempSync(join(tmpdir(), 'tideline-browser-'));
  const port = await freePort();
  const data = join(folder, 'demo');
  const world = await start(['demo', '--out', data, '--people', String(people), '--waves', String(waves), '--seed', '7', '--port', String(port)], {}, 'Stop with Ctrl-C');
  Object.assign(world, { data, port, links: {} });
  for (const line of world.out.split('\n')) {
    const found = /^(.*\S)\s+(https?:\/\/\S+)$/.exec(line);
    if (found) world.links[found[1]] = found[2];
  }
  world.origin = new URL(world.links.app).origin;
  world.end = async () => { await stop(world); rmSync(folder, { recursive: true, force: true }); };
  return world;
}

/** A moment by the browser's clock, some milliseconds from now, as the command line takes it. */
export const moment = (later) => new Date(Date.now() + later).toISOString().replace(/\.\d+/, '');

/**
 * A small installation that runs: nine people in Elm (or `people` in each of `units`), the app at `host`, the
 * ballot side at localhost, mail in a folder. `prepare` gets what runs a command and the folder, before anybody
 * is served. Behind a proxy, `origins` are what browsers call the two sides.
 */
export async function installation(host, prepare, { units = ['Elm'], people = 9, origins } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'tideline-installation-'));
  const [one, two] = [await freePort(), await freePort()];
  const { app, ballot } = origins ?? { app: `http://${host}:${one}`, ballot: `http://localhost:${two}` };
  const settings = join(folder, 'tideline.toml');
  writeFileSync(settings, `[server]\napp_listen = "127.0.0.1:${one}"\nballot_listen = "127.0.0.1:${two}"\napp_origin = "${app}"\nballot_origin = "${ballot}"\n[data]\ndirectory = "${join(folder, 'data')}"\n[support]\ncontacts = [{ title = "Staff support", phone = "555 0100" }]\n`);
  const run = (...args) => {
    const done = spawnSync(process.env.TIDELINE, ['--config', settings, ...args], { encoding: 'utf8' });
    assert.equal(done.status, 0, done.stderr);
  };
  const roster = join(folder, 'roster.csv');
  // Only one unit may stand at the top.
  const [top, boss] = units.length > 1 ? ['Harbour', 'Harbour,,Ada Berg,ada@harbour.example,admin\n'] : ['', ''];
  const staff = units.flatMap((unit) => Array.from({ length: people }, (_, at) => `${unit},${top},Person ${at},${unit.toLowerCase()}${at}@harbour.example,staff`));
  writeFileSync(roster, `unit,parent,name,email,role\n${boss}${staff.join('\n')}\n`);
  run('import-roster', roster);
  await prepare(run, folder);
  const log = openSync(join(folder, 'log'), 'w');
  const program = endWithUs(spawn(process.env.TIDELINE, ['--config', settings, 'serve'], { stdio: ['ignore', log, log] }));
  for (let tries = 0; ; tries += 1) {
    const up = await new Promise((done) => { const it = connect(two, '127.0.0.1', () => { it.end(); done(true); }).on('error', () => done(false)); });
    if (up) break;
    assert.ok(tries < 600 && program.exitCode === null, `the program did not come up:\n${readFileSync(join(folder, 'log'), 'utf8')}`);
    await new Promise((go) => setTimeout(go, 100));
  }
  /** The link of the next mail to this address that nobody has followed yet. */
  const link = (address) => mailedLink(join(folder, 'data/mail'), address, app);
  /** Asks for a sign-in mail and follows its link. */
  const signInByMail = async (page, address) => {
    await page.goto(`${app}/sign-in`);
    await page.locator('#email').fill(address);
    await page.locator('form:has(#email) button').first().click();
    await signIn(page, await link(address));
  };
  const end = async () => { await stop({ program }); rmSync(folder, { recursive: true, force: true }); };
  return { app, ballot, folder, ports: { app: one, ballot: two }, run, link, signInByMail, end };
}

const followed = new Set();

async function mailedLink(folder, address, app) {
  for (let tries = 0; tries < 400; tries += 1) {
    const names = (() => { try { return readdirSync(folder); } catch { return []; } })();
    // A mail is written beside its place first, under another name.
    for (const name of names.filter((it) => it.endsWith('.eml'))) {
      const path = join(folder, name);
      if (followed.has(path)) continue;
      const mail = readFileSync(path, 'utf8').replaceAll('=\r\n', '').replaceAll('=\n', '').replaceAll('=3D', '=');
      const code = /\/in#([\w-]+)/.exec(mail)?.[1];
      if (mail.includes(`To: ${address}`) && code) { followed.add(path); return `${app}/in#${code}`; }
    }
    await new Promise((go) => setTimeout(go, 50));
  }
  throw new Error(`no mail to ${address}`);
}

export const launch = (...more) => chromium.launch({ executablePath: process.env.CHROMIUM, args: [...flags, ...more] });

/** Somebody with a phone of their own; `options` as Playwright has them. */
export async function person(browser, options = {}) {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, reducedMotion: 'reduce', ...options });
  return { context, page: await context.newPage() };
}

/** Follows a mailed link and presses the button that it leads to. */
export async function signIn(page, link) {
  await page.goto(link);
  await page.locator('form[action="/in"] button').click();
  await page.waitForURL((url) => url.pathname === '/');
}

/** Says, if asked, that this is where to answer, and waits until this browser has a token for the check-in. */
export async function ready(page) {
  const yes = page.getByRole('button', { name: /^Yes, on this device/ });
  await page.waitForFunction(() => document.querySelector('#check-in-state .actions') !== null, null, { timeout: 30_000 });
  if (await yes.isVisible()) await yes.click();
  await isReady(page);
}

const isReady = (page) => page.waitForFunction(() => /ready\./i.test(document.querySelector('#check-in-state')?.textContent ?? ''), null, { timeout: 30_000 });

// What axe-core cannot decide and leaves to people, and why that is settled: `color-contrast` is reported
// for words on drawings and tints, whose pairs of colours are computed (a test of the style sheets).
const SETTLED = ['color-contrast'];

/** The survey ignores presses that come so soon after a step. Unit: milliseconds. */
const SLIP = 400;

/** Waits until this statement is asked. */
export const statement = (page, at, length = 9) => page.locator('#step', { hasText: new RegExp(`^Statement ${at} of ${length}$`) }).waitFor();

/** Presses the answer at this place of the statement that is shown; 0 is the first. */
export async function choose(page, at) {
  await page.waitForTimeout(SLIP);
  await page.locator('fieldset:visible button').nth(at).click();
}

/** From the promise to the check before sending; `look` is called at the first statement. */
export async function answer(page, length = 9, look = async () => undefined) {
  await page.getByRole('button', { name: 'Start' }).click();
  for (let at = 1; at <= length; at += 1) {
    await statement(page, at, length);
    if (at === 1) await look();
    await choose(page, at % 5);
  }
  await page.getByRole('button', { name: /^Send/ }).waitFor();
  await page.waitForTimeout(SLIP);
}

/** What axe-core finds, and what it leaves undecided that is not settled: a line for each rule. */
export async function violations(page) {
  const { violations: found, incomplete } = await page.evaluate(async ([code, runOnly]) => {
    if (!window.axe) new Function(code)();
    return window.axe.run(document, { resultTypes: ['violations', 'incomplete'], runOnly });
  }, [axeCode, tags]);
  const told = (it) => `${it.id}: ${it.nodes.slice(0, 4).map((node) => node.target.join(' ')).join(', ')}`;
  const open = incomplete.filter((it) => !SETTLED.includes(it.id));
  return [...found.map(told), ...open.map((it) => `undecided, ${told(it)}`)];
}

/** By how many pixels a page is wider than its window. */
export const overflow = (page) => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** Targets smaller than 44 × 44 px; links inside sentences are excepted, as WCAG does. */
export const smallTargets = (page) => page.evaluate(() => {
  const inline = (it) => {
    if (it.tagName !== 'A' || getComputedStyle(it).display !== 'inline') return false;
    const words = it.parentElement.textContent.replace(it.textContent, '').trim();
    return words.length > 0;
  };
  const box = (it) => {
    const label = it.matches('input[type=radio], input[type=checkbox]') ? it.closest('label') : null;
    return (label ?? it).getBoundingClientRect();
  };
  return [...document.querySelectorAll('a[href], button, summary, input:not([type=hidden]), select, textarea')]
    .filter((it) => it.checkVisibility() && !it.classList.contains('skip') && !inline(it))
    .map((it) => [it, box(it)])
    .filter(([, { width, height }]) => width > 0 && (width < 43.5 || height < 43.5))
    .map(([it, { width, height }]) => `${it.tagName.toLowerCase()} “${(it.textContent || it.name || '').trim().slice(0, 24)}” ${Math.round(width)}×${Math.round(height)}`);
});
