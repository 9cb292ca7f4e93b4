// Two check-ins that are open at once and ask different things: each token is answered with the questions of
// its own wave, first one, then the other.
//
// CHROMIUM is the browser, TIDELINE the program; `cargo xtask browser` sets both.

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { answer, installation, launch, moment, overflow, person, ready, violations } from './world.mjs';

let world, browser;

before(async () => {
  world = await installation('localhost', (run, folder) => {
    // Made up: the real statements never are in the project.
    const items = Array.from({ length: 30 }, (_, at) => `${at + 1} = "Made-up statement number ${at + 1}."`);
    const texts = join(folder, 'texts.toml');
    writeFileSync(texts, `language = "en"\nlicence = "Registered."\ntime_frame = "In the last 30 days"\noptions = ["Never", "Rarely", "Sometimes", "Often", "Very often"]\n\n[items]\n${items.join('\n')}\n`);
    run('instrument', 'add', 'proqol-5', '--texts', texts);
    run('wave', 'open', '--label', 'first', '--opens', moment(-1000), '--closes', moment(3_600_000));
    run('wave', 'open', '--label', 'second', '--instrument', 'proqol-5', '--opens', moment(-1000), '--closes', moment(7_200_000));
  });
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await world?.end();
});

async function answerAndSend(page, length) {
  await answer(page, length, async () => {
    assert.deepEqual(await violations(page), [], `axe on ${length} statements`);
    assert.ok(await overflow(page) <= 0);
  });
  const send = page.getByRole('button', { name: /^Send/ });
  const [redeem] = await Promise.all([page.waitForResponse((it) => it.url().endsWith('/redeem')), send.click()]);
  assert.equal(redeem.status(), 200);
  await page.getByRole('heading', { name: /thank you/i }).waitFor();
}

test('each of two open check-ins is answered with its own questions', async () => {
  const { context, page } = await person(browser, { bypassCSP: true });
  await world.signInByMail(page, 'elm1@harbour.example');
  await ready(page);
  const survey = `${world.ballot}/check-in`;
  await page.goto(survey);
  await answerAndSend(page, 9);
  await page.goto(survey);
  await page.waitForURL((url) => url.searchParams.get('wave') === '2');
  await page.getByText('30 short statements', { exact: false }).waitFor();
  await answerAndSend(page, 30);
  await page.goto(survey);
  await page.getByText(/already/i).first().waitFor();
  assert.equal(await page.getByRole('button', { name: 'Start' }).isVisible(), false);
  await context.close();
});
