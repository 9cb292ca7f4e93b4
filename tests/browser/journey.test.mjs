// A nurse's journey in a real browser, against the real program: sign in, pick up a token, answer,
// see "done"; then the team lead, HR and a withheld team. Screenshots land in target/screenshots.
//
// CHROMIUM is the browser, TIDELINE the program; `cargo xtask test` and `browser` set both.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { answer, choose, demo, launch, overflow, person as someone, ready, shots, signIn as follow, statement, violations } from './world.mjs';

let world, browser, links;

before(async () => {
  world = await demo();
  links = world.links;
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await world?.end();
});

const person = (options) => someone(browser, options);
const signIn = (page, role) => follow(page, links[role]);

async function accessible(page, what) {
  assert.deepEqual(await violations(page), [], `axe on ${what}`);
}

async function fits(page, what) {
  const wider = await overflow(page);
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
  await ready(page);
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
  await answer(page, 9, async () => {
    await accessible(page, 'statement');
    await look(page, 'statement');
    await page.setViewportSize({ width: 390, height: 844 });
  });
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
  await ready(page);
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
    await statement(page, question);
    assert.equal(await page.title(), `Statement ${question} of 9 – Tideline`);
    const within = await page.evaluate(() => document.activeElement?.matches('fieldset:not([hidden]) h1'));
    assert.ok(within, 'focus is on the statement');
    const options = page.locator('fieldset:visible button');
    await focusOn(options.nth(1), 'the second answer');
    await page.waitForTimeout(400);
    await page.keyboard.press(question % 2 ? 'Space' : 'Enter');
    if (question === 3) {
      await statement(page, 4);
      await page.goBack();
      await statement(page, 3);
      assert.equal(await options.nth(1).getAttribute('aria-current'), 'true', 'Back keeps the answer');
      await page.waitForTimeout(400);
      await page.keyboard.press('2');
    }
  }
  await page.getByRole('button', { name: /^Send/ }).waitFor();
  assert.deepEqual(requests, [], 'nothing is asked of the server before Send');
  assert.deepEqual((await context.cookies(links.survey)).map((it) => it.name), ['tideline', 'tideline-device', 'tideline-fresh'], 'only the sign-in, how fresh it is, and the mark of a known device, which the ballot side does not read');
  await page.waitForTimeout(400);
  await press(/^Send/);
  await page.getByRole('heading', { name: /thank you/i }).waitFor();
  await context.close();
});

test('nine presses answer nine statements, and slips change nothing', async () => {
  const { context, page } = await person();
  await signIn(page, 'administrator');
  await ready(page);
  await page.goto(links.survey);
  await page.getByRole('button', { name: 'Start' }).click();
  await statement(page, 1);
  const options = page.locator('fieldset:visible button');
  const back = page.locator('#questions [data-back]');

  // Two quick presses at the same place: one answer.
  await page.waitForTimeout(400);
  const at = await options.nth(3).boundingBox();
  await page.mouse.dblclick(at.x + at.width / 2, at.y + at.height / 2, { delay: 20 });
  await statement(page, 2);
  await page.waitForTimeout(600);
  await statement(page, 2);
  const first = (await back.innerText()).trim();
  assert.match(first, /^Back: “.+”$/);

  // Keys count with the focus on the statement or an answer, and nowhere else.
  await page.keyboard.press('0');
  await statement(page, 3);
  assert.equal((await back.innerText()).trim(), 'Back: “Skipped”');
  await page.locator('footer a').first().focus();
  await page.waitForTimeout(400);
  await page.keyboard.press('3');
  await page.waitForTimeout(300);
  await statement(page, 3);

  // Back shows what was pressed, all the way; forward again by pressing it again.
  await back.click();
  await statement(page, 2);
  assert.equal(await page.locator('fieldset:visible [aria-current]').innerText(), 'Skip this one');
  await page.waitForTimeout(400);
  await back.click();
  await statement(page, 1);
  assert.ok(first.includes(await page.locator('fieldset:visible [aria-current]').innerText()));
  for (let question = 1; question <= 9; question += 1) {
    await statement(page, question);
    await choose(page, 4);
  }

  // Change leads back to the check, with the other answer; so does Back, with the one before.
  const send = page.getByRole('button', { name: /^Send/ });
  await send.waitFor();
  const rows = () => page.locator('#kept dd:not(:has(button))').allInnerTexts();
  const before = await rows();
  const change = page.getByRole('button', { name: /^Change/ });
  assert.equal(await change.count(), 9);
  await page.waitForTimeout(400);
  await change.nth(4).click();
  await statement(page, 5);
  await choose(page, 0);
  await send.waitFor();
  const after = await rows();
  assert.deepEqual(after.map((it, row) => it !== before[row]).flatMap((it, row) => (it ? [row] : [])), [4]);
  await page.waitForTimeout(400);
  await change.nth(2).click();
  await statement(page, 3);
  await page.waitForTimeout(400);
  await back.click();
  await send.waitFor();
  assert.deepEqual(await rows(), after);
  await context.close();
});

test('the page for the person alone chooses as its rule does, without a program', async () => {
  const rule = (answers) => {
    const halves = (mine) => answers.reduce((sum, it) => sum + (it === mine ? 2 : it === 'B' ? 1 : 0), 0);
    const [work, exposure] = [halves('W'), halves('E')];
    if (work + exposure === 0) return 'no_clear_drain';
    if (Math.abs(work - exposure) < 2) return 'both';
    return work > exposure ? 'burnout_leaning' : 'compassion_fatigue_leaning';
  };
  for (const origin of [links.app, links.survey]) {
    const { context, page } = await person();
    await page.goto(new URL('/reflect', origin).href);
    const shown = () => page.evaluate(() => [...document.querySelectorAll('.drain')].filter((it) => it.getClientRects().length > 0).map((it) => it.id));
    assert.equal(await page.locator('script').count(), 0);
    assert.deepEqual(await shown(), []);
    const pulls = ['W', 'E', 'B', 'N'];
    for (const q1 of pulls) {
      for (const q2 of pulls) {
        for (const q3 of pulls) {
          await page.evaluate((given) => {
            for (const [name, value] of Object.entries(given)) document.querySelector(`[name=${name}][value=${value}]`).checked = true;
          }, { q1, q2, q3 });
          assert.deepEqual(await shown(), [rule([q1, q2, q3])], `${q1} ${q2} ${q3}`);
        }
      }
    }
    await page.getByRole('button', { name: 'Forget my answers' }).click();
    assert.deepEqual(await shown(), []);
    await page.locator('[name=q1]').first().check();
    await page.keyboard.press('Enter');
    assert.equal(new URL(page.url()).search, '', 'nothing is sent');
    await accessible(page, 'reflect');
    await look(page, `reflect-${origin === links.app ? 'app' : 'ballot'}`);

    // A browser that cannot choose shows all, with a sentence that says which to read.
    const plain = await page.evaluate(() => [...document.styleSheets].flatMap((it) => [...it.cssRules]).filter((it) => it instanceof CSSSupportsRule && it.conditionText.includes(':has')).map((it) => { while (it.cssRules.length) it.deleteRule(0); return it.conditionText; }));
    assert.equal(plain.length, 1);
    assert.equal((await shown()).length, 4);
    assert.ok(await page.locator('.all').isVisible());
    await context.close();
  }
});
