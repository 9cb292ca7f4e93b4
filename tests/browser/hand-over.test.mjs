// Where app and ballot side are different sites: a frame could not keep a token, so it is picked up by
// redirects. 127.0.0.1 and localhost are different sites to a browser.
//
// CHROMIUM is the browser, TIDELINE the program; `cargo xtask browser` sets both.

import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { freePort, launch, ready, stop } from './world.mjs';

let folder, program, browser, app, ballot;

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tideline-hand-over-'));
  const [one, two] = [await freePort(), await freePort()];
  app = `http://127.0.0.1:${one}`;
  ballot = `http://localhost:${two}`;
  const settings = join(folder, 'tideline.toml');
  writeFileSync(settings, `[server]\napp_listen = "127.0.0.1:${one}"\nballot_listen = "127.0.0.1:${two}"\napp_origin = "${app}"\nballot_origin = "${ballot}"\n[data]\ndirectory = "${join(folder, 'data')}"\n[support]\ncontacts = [{ title = "Staff support", phone = "555 0100" }]\n`);
  const run = (...args) => {
    const done = spawnSync(process.env.TIDELINE, ['--config', settings, ...args], { encoding: 'utf8' });
    assert.equal(done.status, 0, done.stderr);
  };
  const roster = join(folder, 'roster.csv');
  const staff = Array.from({ length: 9 }, (_, at) => `Elm,,Person ${at},elm${at}@harbour.example,staff`);
  writeFileSync(roster, `unit,parent,name,email,role\n${staff.join('\n')}\n`);
  run('import-roster', roster);
  const moment = (later) => new Date(Date.now() + later).toISOString().replace(/\.\d+/, '');
  run('wave', 'open', '--label', 'now', '--opens', moment(-1000), '--closes', moment(3_600_000));
  program = spawn(process.env.TIDELINE, ['--config', settings, 'serve'], { stdio: 'ignore' });
  for (let tries = 0; tries < 200; tries += 1) {
    const up = await new Promise((done) => { const it = connect(two, '127.0.0.1', () => { it.end(); done(true); }).on('error', () => done(false)); });
    if (up) break;
    await new Promise((go) => setTimeout(go, 100));
  }
  browser = await launch();
});

after(async () => {
  await browser?.close();
  if (program) await stop({ program });
  if (folder) rmSync(folder, { recursive: true, force: true });
});

async function link(address) {
  for (let tries = 0; tries < 200; tries += 1) {
    const names = (() => { try { return readdirSync(join(folder, 'data/mail')); } catch { return []; } })();
    for (const name of names) {
      const mail = readFileSync(join(folder, 'data/mail', name), 'utf8').replaceAll('=\r\n', '').replaceAll('=\n', '').replaceAll('=3D', '=');
      const code = /\/in#([\w-]+)/.exec(mail)?.[1];
      if (mail.includes(`To: ${address}`) && code) return `${app}/in#${code}`;
    }
    await new Promise((go) => setTimeout(go, 50));
  }
  throw new Error('no mail');
}

test('a token is picked up by redirects, and the survey page has it', async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  const visited = [];
  page.on('framenavigated', (frame) => { if (frame === page.mainFrame()) visited.push(frame.url()); });
  await page.goto(`${app}/sign-in`);
  await page.locator('#email').fill('elm1@harbour.example');
  await page.locator('form:has(#email) button').first().click();
  await page.goto(await link('elm1@harbour.example'));
  const state = page.locator('#check-in-state');
  await ready(page);
  assert.match(await state.textContent(), /ready/i);
  assert.ok(visited.some((it) => it.startsWith(`${ballot}/hand-over`)), visited.join('\n'));
  assert.equal(new URL(page.url()).hash, '', 'nothing stays in the address bar');
  // What travelled is what the frame would have said: no nonce, no token.
  for (const url of visited) {
    const parcel = decodeURIComponent(new URL(url).hash.slice(1));
    assert.ok(!/nonce|output|"blind"/.test(parcel), parcel);
  }
  await page.goto(`${ballot}/check-in`);
  await page.getByRole('button', { name: 'Start' }).waitFor();
  // Home again does not go there again.
  const before = visited.length;
  await page.goto(`${app}/`);
  await ready(page);
  assert.ok(!visited.slice(before).some((it) => it.includes('/hand-over')));
  await context.close();
});
