// Where app and ballot side are different sites: a frame could not keep a token, so it is picked up by
// redirects. 127.0.0.1 and localhost are different sites to a browser.
//
// CHROMIUM is the browser, TIDELINE the program; `cargo xtask browser` sets both.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { installation, launch, moment, ready } from './world.mjs';

let world, browser, app, ballot;

before(async () => {
  world = await installation('127.0.0.1', (run) => run('wave', 'open', '--label', 'now', '--opens', moment(-1000), '--closes', moment(3_600_000)));
  ({ app, ballot } = world);
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await world?.end();
});

test('a token is picked up by redirects, and the survey page has it', async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  const visited = [];
  page.on('framenavigated', (frame) => { if (frame === page.mainFrame()) visited.push(frame.url()); });
  await world.signInByMail(page, 'elm1@harbour.example');
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
