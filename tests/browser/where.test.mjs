// Where somebody answers: asked once in each browser; fetched ahead only where it will last; found again by
// the kind of device; and several people in one browser.
//
// CHROMIUM is the browser, TIDELINE the program; `cargo xtask browser` sets both.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { answer, installation, launch, moment, overflow, person, ready, smallTargets, violations } from './world.mjs';

let open, early, browser;
const DAY = 86_400_000;
const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
const INSIDE = 'Mozilla/5.0 (Linux; Android 15; Pixel 8; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/140.0 Mobile Safari/537.36';

before(async () => {
  open = await installation('localhost', (run) => run('wave', 'open', '--label', 'now', '--opens', moment(-1000), '--closes', moment(3_600_000)));
  early = await installation('localhost', (run) => run('wave', 'open', '--label', 'soon', '--opens', moment(2 * DAY), '--closes', moment(9 * DAY)));
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await open?.end();
  await early?.end();
});

const state = (page) => page.locator('#check-in-state');
const press = (page, name) => state(page).getByRole('button', { name }).click();
const question = (page) => state(page).getByText('Will you answer on this device?').waitFor();
const issued = async (page) => (await page.evaluate(async () => (await fetch('/me/pickup')).json())).waves[0].issued;
const start = (page) => page.getByRole('button', { name: 'Start' }).waitFor();

async function answerAndSend(page) {
  await answer(page);
  await page.getByRole('button', { name: /^Send/ }).click();
  await page.getByRole('heading', { name: /thank you/i }).waitFor();
}

async function signOut(page, { app }) {
  await page.goto(`${app}/`);
  await page.locator('form[action="/sign-out"] button').click();
  await page.waitForURL((url) => url.pathname === '/sign-in');
}

test('nothing is fetched before somebody says where, and it is asked once', async () => {
  const { context, page } = await person(browser, { bypassCSP: true, viewport: { width: 320, height: 640 } });
  await open.signInByMail(page, 'elm0@harbour.example');
  await question(page);
  assert.equal(await issued(page), null);
  assert.deepEqual(await violations(page), []);
  assert.ok(await overflow(page) <= 0);
  assert.deepEqual(await smallTargets(page), []);
  await press(page, 'No, on another device');
  await state(page).getByText(/sign in; then your check-in is fetched there/).waitFor();
  await page.reload();
  await state(page).getByText(/sign in; then your check-in is fetched there/).waitFor();
  assert.equal(await issued(page), null, 'still not');
  await press(page, /after all/);
  await ready(page);
  assert.notEqual(await issued(page), null);
  await page.reload();
  await ready(page);
  assert.equal(await state(page).getByRole('button', { name: /^Yes/ }).count(), 0, 'not asked again');
  await context.close();
});

test('another device is told which one has it, and the first still opens it', async () => {
  const first = await person(browser, { userAgent: FIREFOX });
  await open.signInByMail(first.page, 'elm1@harbour.example');
  await ready(first.page);
  const second = await person(browser);
  await open.signInByMail(second.page, 'elm1@harbour.example');
  await state(second.page).getByText(/fetched by Firefox on a computer/).waitFor();
  await state(second.page).getByText(/Answer on another device/).waitFor();
  // The survey page there says to sign in, and that leads to the same words: no circle.
  await second.page.goto(`${open.ballot}/check-in`);
  await second.page.getByText(/the page says which/).waitFor();
  await second.page.getByRole('link', { name: 'Sign in' }).click();
  await state(second.page).getByText(/fetched by Firefox on a computer/).waitFor();
  await first.page.getByRole('link', { name: /go to the check-in/i }).click();
  await start(first.page);
  await first.context.close();
  await second.context.close();
});

test('ahead of time only where something was kept since an earlier day', async () => {
  const { context, page } = await person(browser);
  await early.signInByMail(page, 'elm2@harbour.example');
  await press(page, 'Yes, on this device');
  await state(page).getByText(/Come back then: it is fetched in the same visit/).waitFor();
  assert.equal(await issued(page), null);
  // The same browser was here in an earlier month.
  await page.goto(`${early.ballot}/check-in`);
  await page.evaluate(async () => {
    const database = await new Promise((done) => { const request = indexedDB.open('tideline'); request.onsuccess = () => done(request.result); });
    await new Promise((done) => { const change = database.transaction('seed', 'readwrite'); change.objectStore('seed').put('2020-1-1', 'since'); change.oncomplete = done; });
    database.close();
  });
  await page.goto(`${early.app}/pick-up`);
  await ready(page);
  await state(page).getByText(/keeps it until you answer/).waitFor();
  assert.notEqual(await issued(page), null);
  await context.close();
});

test('inside of a mail app there is an address to copy, and nothing is fetched unasked', async () => {
  const { context, page } = await person(browser, { userAgent: INSIDE });
  await open.signInByMail(page, 'elm3@harbour.example');
  await state(page).getByText(/open inside another app/).waitFor();
  assert.equal(await state(page).getByRole('textbox').inputValue(), `${open.app}/`);
  assert.equal(await issued(page), null);
  await press(page, /here and now/);
  await state(page).getByText(/Please answer now, in this visit/).waitFor();
  await context.close();
});

test('attack 70: on a ward’s computer nobody answers with, or reads, another person’s check-in', async () => {
  const { context, page } = await person(browser);
  const survey = `${open.ballot}/check-in`;
  await open.signInByMail(page, 'elm4@harbour.example');
  await press(page, 'Others use this one too');
  await state(page).getByText(/Signing out leaves your check-in/).waitFor();
  await signOut(page, open);
  // Nobody is signed in: the one record that is there is not offered.
  await page.goto(survey);
  await page.getByRole('heading', { name: 'Whose check-in is it?' }).waitFor();
  await open.signInByMail(page, 'elm5@harbour.example');
  await state(page).getByText(/Signing out leaves your check-in/).waitFor();
  await page.getByRole('link', { name: /go to the check-in/i }).click();
  assert.equal(new URL(page.url()).origin, open.ballot);
  await answerAndSend(page);
  await page.goto(survey);
  await page.getByRole('heading', { name: 'Whose check-in is it?' }).waitFor();
  await signOut(page, open);
  // The first comes back, finds the own one unanswered, and answers it.
  await open.signInByMail(page, 'elm4@harbour.example');
  await page.getByRole('link', { name: /go to the check-in/i }).click();
  await start(page);
  assert.equal(new URL(page.url()).hash, '', 'nothing stays in the address bar');
  await answerAndSend(page);
  await page.goto(`${open.app}/`);
  await page.getByRole('link', { name: /go to the check-in/i }).click();
  await page.getByRole('heading', { name: /already sent/i }).waitFor();
  await context.close();
});
