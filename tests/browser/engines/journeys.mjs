// The whole way of the staff, in one engine: on localhost and on two host names with TLS, at 320 and 390
// points. Sign-in by mailed link, pick-up, nine statements, Send, a second check-in, a second try, the shared
// tablet, a second device; then by keys alone at 400 %.

import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { installation, moment, shots, target } from '../world.mjs';
import { APP, BALLOT, hosts, missing } from './hosts.mjs';
import { SLIP, pause, somebody } from './people.mjs';
import { closeShared } from './puppet.mjs';
import { Notes } from './steps.mjs';
import { availability } from './engines.mjs';

/**
 * Where people go which way at which sizes. Where decides what a browser keeps, the size what can be reached by a
 * finger, so every place and every size is gone once; EVERY_SIZE goes each place at each size.
 */
const SMALL = [320, 640], USUAL = [390, 844];
const WAYS = Object.entries(process.env.EVERY_SIZE
  ? { localhost: [SMALL, USUAL], 'two host names': [SMALL, USUAL] }
  : { localhost: [SMALL], 'two host names': [USUAL] });

/** Made up: the real statements never are in the project. */
const TEXTS = `language = "en"\nlicence = "Registered."\ntime_frame = "In the last 30 days"\noptions = ["Never", "Rarely", "Sometimes", "Often", "Very often"]\n\n[items]\n${Array.from({ length: 30 }, (_, at) => `${at + 1} = "Made-up statement number ${at + 1}."`).join('\n')}\n`;

/** Two check-ins that are open at once, for people of three teams. */
async function world(where) {
  const prepare = (run, folder) => {
    const texts = join(folder, 'texts.toml');
    writeFileSync(texts, TEXTS);
    run('instrument', 'add', 'proqol-5', '--texts', texts);
    run('wave', 'open', '--label', 'first', '--opens', moment(-1000), '--closes', moment(3_600_000));
    run('wave', 'open', '--label', 'second', '--instrument', 'proqol-5', '--opens', moment(-1000), '--closes', moment(7_200_000));
  };
  const options = { units: ['Elm', 'Oak', 'Ash'], people: 5 };
  if (where === 'localhost') return installation('localhost', prepare, options);
  const it = await installation(undefined, prepare, { ...options, origins: { app: `https://${APP}`, ballot: `https://${BALLOT}` } });
  const names = await hosts(it.folder, it.ports);
  return { ...it, proxy: names.proxy, elsewhere: names.elsewhere, end: async () => { await names.end(); await it.end(); } };
}

/** Asks for a mail, follows its link, and is home. `move` presses and types: by pointer, or by keys. */
export async function signIn(person, { app, link }, address, move = pointer) {
  const ask = async (patience) => {
    await person.goto(`${app}/sign-in`);
    await move.fill(person, /^E-mail/, address);
    await move.press(person, /^Send me a link/);
    await person.reads(/Look into your mailbox/i, patience);
  };
  // A page whose process has ended was loaded again, with an empty field: then once more, as anybody would.
  await ask(15_000).catch(() => ask(60_000));
  const mailed = await link(address);
  await person.goto(mailed);
  const asked = /Sign in as/i;
  let read = await person.reads(/^Hello /m, asked, 15_000).catch(() => undefined);
  if (read === undefined) {
    // A page whose process has ended was loaded again without the link's code. The link is as good as before.
    await person.goto(mailed);
    read = await person.reads(/^Hello /m, asked);
  }
  if (read === asked) {
    await move.press(person, /^(Yes, )?sign in/i);
    await person.reads(/^Hello /m);
  }
}

/** Waits at home until the check-in is in this browser; says yes where a page asks whether it should be. */
export async function pickUp(person, move = pointer) {
  const asked = /Will you answer on this device/i;
  if (await person.reads(/\bready\.|is ready/i, asked) === asked) {
    await move.press(person, /^Yes/);
    await person.reads(/\bready\.|is ready/i);
  }
}

/** From the promise to the check before sending. */
export async function answer(person, length, move = pointer, look = async () => undefined) {
  await person.reads(/How is work sitting with you/i);
  await move.press(person, /^Start/);
  for (let question = 1; question <= length; question += 1) {
    await person.reads(new RegExp(`Statement ${question} of ${length}\\b`));
    if (question === 1) await look('question');
    await move.choose(person, question % 5);
  }
  await person.reads(/Check what will be sent/i);
  await pause(SLIP);
}

export async function send(person, move = pointer) {
  await move.press(person, /^Send my answers/);
  await person.reads(/Thank you/i);
}

/** Makes a personal code on the account page, writes it down, and returns what was written. */
export async function makeCode(person, { app }, look = async () => undefined) {
  await person.goto(`${app}/account`);
  await person.press(/^Make a personal code/);
  await person.reads(/Write it down now/i);
  const code = await person.waitFor(() => person.browser.evaluate(() => [...document.querySelectorAll('#code span')].map((it) => it.textContent).join(' ')), 'a code');
  await look('personal-code');
  await person.fill(/last three characters/i, code.slice(-3).toLowerCase());
  await person.press(/^I have written it down/);
  await person.reads(/Saved\. It finds every check-in/i);
  return code;
}

/** At home: goes to where a code or a passkey is given; says yes where a page asks first whose browser this is. */
export async function haveCode(person) {
  await person.press(/^I have a code/);
  const [asked, there] = [/Will you answer on this device/i, /Get your check-in back/i];
  if (await person.reads(there, asked) !== asked) return;
  await person.press(/^Yes/);
  await person.reads(there);
}

/** At home, where the check-in is on another device: gives the code, and has the check-in here. */
export async function giveCode(person, code) {
  await person.reads(/you can get it back here/i);
  await haveCode(person);
  await person.fill(/^Personal code/, code);
  await person.press(/^Use this code/);
  await person.reads(/\bready\.|is ready/i);
}

const pointer = {
  press: (person, name) => person.press(name),
  fill: (person, name, text) => person.fill(name, text),
  choose: (person, at) => person.choose(at),
};
const keys = {
  press: (person, name) => person.pressByKeys(name),
  async fill(person, name, text) { await person.focusByKeys(name); await person.browser.type(text); },
  async choose(person, at) {
    await person.focusFirstOption();
    for (let steps = 0; steps < at; steps += 1) await person.browser.key('Tab');
    await pause(SLIP);
    await person.browser.key('Space');
  },
};

export function journeys(engine) {
  const notes = new Notes(`journeys-${engine}`);
  const why = availability(engine);
  const folder = mkdtempSync(join(tmpdir(), 'tideline-people-'));
  after(closeShared);

  for (const [where, sizes] of WAYS) {
    const reason = why ?? (where === 'localhost' ? undefined : missing());
    test(`${engine}, ${where}`, { timeout: 600_000 }, async (t) => {
      if (reason) return skipped(t, `${engine} on ${where}`, reason);
      const it = await world(where);
      t.after(it.end);
      for (const [at, size] of sizes.entries()) {
        await t.test(`${size[0]} points`, (part) => staff(part, { notes, engine, where, it, size, unit: ['elm', 'oak'][at], folder }));
      }
      if (where === 'localhost') await t.test('by keys alone at 400 %', (part) => byKeys(part, { notes, engine, where, it }));
      assert.deepEqual([...(it.elsewhere ?? [])].filter((host) => /example\.(org|com)/.test(host)), [], 'other hosts that were asked');
    });
  }
}

/** Says what was left out and why; under CI nothing may be. */
export function skipped(t, what, reason) {
  assert.ok(!process.env.CI, `CI needs ${what}, but ${reason}`);
  console.log(`SKIPPED: ${what}, because ${reason}`);
  t.skip(reason);
}

async function staff(t, { notes, engine, where, it, size: [width, height], unit, folder }) {
  const at = { engine, where, width };
  const open = [];
  const come = async (more = {}) => {
    const person = await somebody(engine, { width, height, proxy: it.proxy, logs: join(target, 'browser-logs'), ...more });
    open.push(person);
    return person;
  };
  t.after(async () => { for (const person of open) await person.close().catch(() => undefined); });
  const address = (number) => `${unit}${number}@harbour.example`;
  const look = (person) => (name) => keep(person, `${engine}-${where}-${width}-${name}`.replaceAll(' ', '-'));

  // ---- one person on one phone
  let step = notes.story(at);
  let nurse, see;
  await step('sign in by a mailed link', async () => {
    nurse = await come();
    see = look(nurse);
    await signIn(nurse, it, address(0));
  });
  await step('pick-up', async () => {
    await pickUp(nurse);
    await see('home');
  });
  await step('hand-over leaves nothing', async () => {
    assert.equal(await nurse.url(), `${it.app}/`, 'nothing stays in the address bar');
    await nurse.goto(`${it.app}/`);
    await pickUp(nurse);
    assert.equal(await nurse.url(), `${it.app}/`);
  });
  await step('nine statements', async () => {
    await nurse.press(/go to the check-in/i);
    await nurse.reads(/How is work sitting with you/i);
    await see('promise');
    await answer(nurse, 9, pointer, see);
    await see('check');
  });
  await step('Send', async () => {
    await send(nurse);
    await see('done');
  });
  await step('the second of two check-ins', async () => {
    await nurse.goto(`${it.ballot}/check-in`);
    await nurse.reads(/30 short statements/i);
    await answer(nurse, 30);
    await send(nurse);
  });
  await step('a second try', async () => {
    await nurse.goto(`${it.ballot}/check-in`);
    await nurse.reads(/already sent/i);
    assert.equal(await nurse.canPress(/^Start/), false, 'nobody answers twice');
    await see('already-sent');
  });

  // ---- a phone and the shared tablet
  step = notes.story(at);
  let phone, tablet, code;
  await step('a code for the shared tablet', async () => {
    phone = await come();
    await signIn(phone, it, address(1));
    await pickUp(phone);
    await phone.press(/go to the check-in/i);
    await phone.press(/Answer on another device/i);
    await phone.press(/^Show my code/);
    code = await phone.code();
    await look(phone)('code');
    assert.ok(code.startsWith(`${it.ballot}/kiosk#`), code);
  });
  await step('the shared tablet', async () => {
    tablet = await come();
    await tablet.goto(`${it.ballot}/kiosk`);
    await tablet.reads(/Check-in on this tablet/i);
    await look(tablet)('tablet');
    await tablet.fill(/hand scanner/i, code);
    await tablet.press(/^Use this code/);
    await answer(tablet, 9);
    await send(tablet);
    await tablet.press(/^Done/);
    await tablet.reads(/has forgotten everything/i);
    await look(tablet)('tablet-forgot');
    await tablet.browser.back().catch(() => undefined);
    assert.doesNotMatch(await tablet.words(), /question \d of/i, 'no question for the next person');
  });
  await step('the phone knows that it is over', async () => {
    await phone.goto(`${it.ballot}/check-in`);
    await answer(phone, 9);
    await phone.press(/^Send my answers/);
    await phone.reads(/already sent/i);
  });

  // ---- two devices of one person
  step = notes.story(at);
  let first, second;
  await step('two devices share a secret', async () => {
    first = await come();
    await first.goto(`${it.ballot}/device`);
    await first.press(/^Show the code for my other device/);
    const secret = await first.code();
    second = await come();
    await second.goto(secret);
    await second.press(/^Yes, both are mine/);
    await second.reads(/This device is ready/i);
    await look(second)('second-device');
  });
  await step('the second device answers', async () => {
    for (const device of [first, second]) {
      await signIn(device, it, address(2));
      await pickUp(device);
    }
    await second.press(/go to the check-in/i);
    await answer(second, 9);
    await send(second);
  });
  await step('the first device has nothing to send', async () => {
    await first.press(/go to the check-in/i);
    await answer(first, 9);
    await first.press(/^Send my answers/);
    await first.reads(/already sent/i);
  });
  await step('a third device is told', async () => {
    const third = await come();
    await signIn(third, it, address(2));
    await third.reads(/another (browser|device)|on a different|elsewhere/i);
    await look(third)('elsewhere');
  });

  // ---- lost, and found again by a code
  step = notes.story(at);
  let written;
  await step('a personal code', async () => {
    const owner = await come();
    await signIn(owner, it, address(4));
    written = await makeCode(owner, it, look(owner));
    await owner.goto(`${it.app}/`);
    await pickUp(owner);
    // The phone is lost, with everything that was in it.
    await owner.close();
  });
  await step('found again by the code', async () => {
    const found = await come();
    await signIn(found, it, address(4));
    await giveCode(found, written.toLowerCase());
    await look(found)('found-again');
    await found.press(/go to the check-in/i);
    await answer(found, 9);
    await send(found);
  });
  await step('a third device with the code is told', async () => {
    const late = await come();
    await signIn(late, it, address(4));
    await giveCode(late, written.replaceAll(' ', ''));
    await late.press(/go to the check-in/i);
    await answer(late, 9);
    await late.press(/^Send my answers/);
    await late.reads(/already sent/i);
  });

  // ---- closed and opened again
  step = notes.story(at);
  await step('closed and opened again', async () => {
    const kept = mkdtempSync(join(folder, `${engine}-`));
    const before = await come({ keep: kept });
    await signIn(before, it, address(3));
    await pickUp(before);
    await before.close();
    const later = await come({ keep: kept });
    await later.goto(`${it.ballot}/check-in`);
    await answer(later, 9);
    await send(later);
  });
}

/** From sign-in to thank-you without a pointer, in a window of 1280 points that is enlarged four times. */
async function byKeys(t, { notes, engine, where, it }) {
  const at = { engine, where, width: '400 %' };
  const step = notes.story(at);
  let nurse;
  const see = (name) => keep(nurse, `${engine}-400-percent-${name}`);
  t.after(async () => { await nurse?.close().catch(() => undefined); });
  await step('sign in by a mailed link', async () => {
    nurse = await somebody(engine, { width: 1280, height: 1024, zoom: 4, logs: join(target, 'browser-logs') });
    await signIn(nurse, it, 'ash0@harbour.example', keys);
  });
  await step('pick-up', async () => { await pickUp(nurse, keys); await see('home'); });
  await step('nine statements', async () => {
    await keys.press(nurse, /go to the check-in/i);
    await answer(nurse, 9, keys, see);
    await see('check');
  });
  await step('Send', async () => { await send(nurse, keys); await see('done'); });
}

/** Keeps a picture; no page may be wider than its window. A page that leads on meanwhile is looked at where it led. */
async function keep(person, name) {
  for (let more = 2; ; more -= 1) {
    try {
      return await picture(person, name);
    } catch (error) {
      if (more === 0 || !/context was destroyed|navigat/i.test(error.message)) throw error;
    }
  }
}

async function picture(person, name) {
  const folder = join(shots, 'engines');
  mkdirSync(folder, { recursive: true });
  // Styles are here, and what fades in is there.
  await person.waitFor(() => person.browser.evaluate(() => document.readyState === 'complete'), 'a finished page');
  await new Promise((go) => { setTimeout(go, 250); });
  writeFileSync(join(folder, `${name}.png`), await person.browser.shot());
  const wider = await person.wider();
  assert.ok(wider <= 0, `${name} scrolls sideways by ${wider} points`);
}
