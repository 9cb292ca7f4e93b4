// From nothing to the first check-in, in the browser: setup code, organisation, support contact,
// roster, announcement.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { freePort, launch, ready, start, stop, violations } from './world.mjs';

let world, browser, folder, origin;

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tideline-setup-'));
  const [app, ballot] = [await freePort(), await freePort()];
  origin = `http://localhost:${app}`;
  world = await start(['serve'], {
    TIDELINE_DATA__DIRECTORY: join(folder, 'data'),
    TIDELINE_SERVER__APP_LISTEN: `127.0.0.1:${app}`,
    TIDELINE_SERVER__BALLOT_LISTEN: `127.0.0.1:${ballot}`,
    TIDELINE_SERVER__APP_ORIGIN: origin,
    TIDELINE_SERVER__BALLOT_ORIGIN: `http://localhost:${ballot}`,
    TIDELINE_PASSWORD__MEMORY_KIB: '64',
  }, 'setup code:');
  browser = await launch();
});

after(async () => {
  await browser?.close();
  if (world) await stop(world);
  if (folder) rmSync(folder, { recursive: true, force: true });
});

test('an organisation is set up in the browser, and its first check-in announced', async () => {
  const began = Date.now();
  const code = /setup code: (\S+)/.exec(world.out)[1];
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, bypassCSP: true });
  const page = await context.newPage();
  await page.goto(origin);
  await page.waitForURL((url) => url.pathname === '/setup');
  assert.deepEqual(await violations(page), []);

  const fill = async (typed) => {
    await page.getByLabel('Setup code').fill(typed);
    await page.getByLabel('Name of the organisation').fill('Harbour Care');
    await page.getByLabel('Your name').fill('Ada Berg');
    await page.getByLabel('E-mail address at work').fill('ada@harbour.example');
    await page.getByLabel('Password').fill('correct horse battery');
    await page.getByLabel('What it is').fill('Crisis line');
    await page.getByLabel('Telephone number').fill('0800 000 0000');
    await page.getByRole('button', { name: 'Set it up' }).click();
  };
  await fill('wrong');
  await page.getByRole('alert').getByText('not the setup code').waitFor();
  assert.equal(await page.getByLabel('Name of the organisation').inputValue(), 'Harbour Care', 'what was typed is kept');
  await fill(code);
  await page.getByRole('heading', { name: 'Getting started' }).waitFor();
  assert.equal((await page.request.get(`${origin}/setup`)).status(), 404, 'the door is closed');

  // The roster: looked at first, then brought in. As a spreadsheet in German saves it, with a column too many.
  const rows = ['Team;Parent;Name;E-Mail;Role;Job title', 'Harbour Care;;Ada Berg;ada@harbour.example;"admin;privacy;hr";Head'];
  for (let at = 1; at <= 9; at += 1) rows.push(`Elm;Harbour Care;Elm ${at};elm${at}@harbour.example;${at === 1 ? 'manager' : 'staff'};Nurse`);
  const roster = join(folder, 'roster.csv');
  await page.getByRole('link', { name: 'Bring in units and people' }).click();
  writeFileSync(roster, 'unit,parent,name,email,role\nHarbour Care,,Ben,ben@harbour.example,staff\n');
  await page.getByLabel('Roster file', { exact: true }).setInputFiles(roster);
  await page.getByRole('button', { name: 'Show what would change' }).click();
  await page.getByText('nobody is an administrator').waitFor();
  await page.getByRole('button', { name: 'Do this' }).click();
  assert.equal(new URL(page.url()).pathname, '/admin/people/preview', 'not without the box');
  assert.deepEqual(await violations(page), []);
  await page.getByRole('link', { name: 'Do nothing' }).click();
  writeFileSync(roster, `${rows.join('\n')}\n`);
  await page.getByLabel('Roster file', { exact: true }).setInputFiles(roster);
  await page.getByRole('button', { name: 'Show what would change' }).click();
  await page.getByRole('heading', { name: 'What the columns mean' }).waitFor();
  await page.getByText('First entry: Head').waitFor();
  assert.deepEqual(await violations(page), []);
  await page.getByLabel('Job title').selectOption({ label: 'Leave this column out' });
  await page.getByRole('button', { name: 'Read the file with these columns' }).click();
  await page.getByRole('heading', { name: 'What would change' }).waitFor();
  await page.getByText('semicolons, UTF-8, 10 rows').waitFor();
  await page.getByText('Elm 3: new').waitFor();
  assert.deepEqual(await violations(page), []);
  await page.getByRole('button', { name: 'Do this' }).click();
  await page.getByText('The roster is in.').waitFor();

  await page.goto(`${origin}/org/waves`);
  await page.getByRole('button', { name: 'Announce it' }).click();
  await page.getByText('The check-in is announced.').waitFor();
  await page.getByText(/Open until/).first().waitFor();
  assert.deepEqual(await violations(page), []);

  await page.goto(origin);
  await ready(page);
  assert.ok(Date.now() - began < 300_000, 'under five minutes');

  // The password works, and may be pasted.
  await page.goto(`${origin}/account`);
  await page.getByRole('button', { name: 'Sign out everywhere' }).click();
  await page.waitForURL((url) => url.pathname === '/sign-in');
  await page.getByText('Sign in with a password').click();
  const form = page.locator('details form');
  await form.getByLabel('E-mail address at work').fill('ada@harbour.example');
  await form.getByLabel('Password').fill('correct horse battery');
  await form.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: 'Hello Ada Berg' }).waitFor();
  await context.close();
});
