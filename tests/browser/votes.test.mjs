// What becomes of a vote in the situations that lose one elsewhere: in every engine, on two host names with TLS.
// Each row of the table says what the person read and whether the vote could still be given.

import assert from 'node:assert/strict';
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { ENGINES, availability } from './engines/engines.mjs';
import { APP, BALLOT, hosts, missing } from './engines/hosts.mjs';
import { answer, giveCode, makeCode, pickUp, send, signIn, skipped } from './engines/journeys.mjs';
import { somebody } from './engines/people.mjs';
import { closeShared } from './engines/puppet.mjs';
import { Notes } from './engines/steps.mjs';
import { installation, moment, target } from './world.mjs';

const app = `https://${APP}`;
const ballot = `https://${BALLOT}`;
const notes = new Notes('votes');
const none = missing();
const UNITS = ['Elm', 'Oak', 'Ash'];
let world, names;
/** Whoever comes next: each situation is somebody new. */
let next = 0;

before(async () => {
  if (none) return;
  world = await installation(undefined, (run) => run('wave', 'open', '--label', 'now', '--opens', moment(-1000), '--closes', moment(3_600_000)), { units: UNITS, people: 14, origins: { app, ballot } });
  names = await hosts(world.folder, world.ports);
});

after(async () => {
  await closeShared();
  await names?.end();
  await world?.end();
});

const go = (person) => person.press(/go to the check-in/i);
const address = () => {
  const it = `${UNITS[next % UNITS.length].toLowerCase()}${Math.floor(next / UNITS.length)}@harbour.example`;
  next += 1;
  return it;
};

/**
 * In each engine but `not`: `work` gets who comes (with options of the browser) and a mail address, and returns
 * what the vote came to and whom to ask what can be read.
 */
function situation(name, work, { not = [] } = {}) {
  for (const engine of ENGINES.filter((it) => !not.includes(it))) {
    test(`${name} (${engine})`, { timeout: 240_000 }, async (t) => {
      const why = none ?? availability(engine);
      if (why) return skipped(t, `${name} in ${engine}`, why);
      const open = [];
      const come = async (more = {}) => {
        const person = await somebody(engine, { proxy: names.proxy, logs: join(target, 'browser-logs'), ...more });
        open.push(person);
        return person;
      };
      t.after(async () => { for (const person of open) await person.close().catch(() => undefined); });
      let read = '';
      const note = async (person) => { read = await person.state(); };
      const vote = await work({ come, note, noted: () => read !== '', address: address() });
      notes.add('votes', { situation: name, engine, read, vote });
    });
  }
}

/** Answers at another browser from nothing, and sends. */
async function elsewhere(come, whose) {
  const other = await come();
  await signIn(other, { app, link: world.link }, whose);
  await pickUp(other);
  await go(other);
  await answer(other, 9);
  await send(other);
}

const enter = async (person, whose) => {
  await signIn(person, { app, link: world.link }, whose);
  await pickUp(person);
};

const signOut = async (person) => {
  await person.press(/^Sign out/);
  await person.reads(/E-mail address/i);
};

situation('a private window is closed before the question “on this device?” was answered', async ({ come, note, address: whose }) => {
  const closed = await come();
  await signIn(closed, { app, link: world.link }, whose);
  await closed.reads(/Will you answer on this device/i);
  await note(closed);
  await closed.close();
  await elsewhere(come, whose);
  return 'given on another device';
});

situation('“No, on another device”', async ({ come, note, address: whose }) => {
  const first = await come();
  await signIn(first, { app, link: world.link }, whose);
  await first.press(/^No, on another device/);
  await first.reads(/then your check-in is fetched there/i);
  await note(first);
  await elsewhere(come, whose);
  return 'given on the other device';
});

situation('a private window is closed after the check-in was fetched', async ({ come, note, address: whose }) => {
  const closed = await come();
  await enter(closed, whose);
  await closed.close();
  const later = await come();
  await signIn(later, { app, link: world.link }, whose);
  await later.reads(/was fetched (by|on another)/i);
  await note(later);
  return 'lost, unless a personal code was made before';
});

situation('the same, and a personal code was made before', async ({ come, note, address: whose }) => {
  const closed = await come();
  await signIn(closed, { app, link: world.link }, whose);
  const code = await makeCode(closed, { app });
  await closed.goto(`${app}/`);
  await pickUp(closed);
  await closed.close();
  const later = await come();
  await signIn(later, { app, link: world.link }, whose);
  await later.reads(/you can get it back here/i);
  await note(later);
  await giveCode(later, code);
  await go(later);
  await answer(later, 9);
  await send(later);
  return 'given on another device, by the code';
});

situation('the browser is closed after half of the statements, and opened again', async ({ come, note, address: whose }) => {
  const keep = mkdtempSync(join(world.folder, 'kept-'));
  const before = await come({ keep });
  await enter(before, whose);
  await go(before);
  await before.press(/^Start/);
  await before.reads(/Statement 1 of 9/);
  await before.choose(1);
  await before.reads(/Statement 2 of 9/);
  await before.close();
  const later = await come({ keep });
  await later.goto(`${ballot}/check-in`);
  await later.reads(/How is work sitting with you/i);
  await note(later);
  await answer(later, 9);
  await send(later);
  return 'given in the same browser';
});

situation('the network goes while the answers are sent', async ({ come, note, address: whose }) => {
  const person = await come();
  await enter(person, whose);
  await go(person);
  await answer(person, 9);
  names.cut();
  try {
    await person.press(/^Send my answers/);
    await person.reads(/not (be )?sent|could not|no connection|Try again/i);
    await note(person);
  } finally { names.mend(); }
  await person.press(/^(Send|Try)/);
  await person.reads(/Thank you/i);
  return 'given, when the network was back';
});

situation('the network goes while the check-in is being fetched', async ({ come, note, noted, address: whose }) => {
  const person = await come();
  await signIn(person, { app, link: world.link }, whose);
  await person.reads(/Will you answer on this device/i);
  try {
    await person.press(/^Yes/);
    names.cut();
    await new Promise((over) => { setTimeout(over, 1500); });
  } finally { names.mend(); }
  await person.goto(`${app}/`);
  if (await person.reads(/Try again/, /\bready\.|is ready/i, /Will you answer on this device/i).then((it) => it.source === 'Try again')) {
    await note(person);
    await person.press(/^Try again/);
  }
  await pickUp(person);
  if (!noted()) await note(person);
  await go(person);
  await answer(person, 9);
  await send(person);
  return 'given, when the network was back';
});

situation('the page’s process ends, and the browser loads the page again', async ({ come, note, address: whose }) => {
  const person = await come();
  await enter(person, whose);
  await person.browser.crash();
  await pickUp(person);
  await note(person);
  await go(person);
  await answer(person, 9);
  await person.browser.crash();
  await answer(person, 9);
  await send(person);
  return 'given; what was not sent yet is asked again';
}, { not: ['Chromium', 'Firefox'] });

situation('two people of one team in one browser', async ({ come, note, address: whose }) => {
  const person = await come();
  const colleague = address();
  for (const one of [whose, colleague]) {
    await signIn(person, { app, link: world.link }, one);
    if (one === whose) await person.press(/^Others use this one/);
    await person.reads(/\bready\.|is ready/i);
    await note(person);
    if (one === whose) await signOut(person);
  }
  await go(person);
  await answer(person, 9);
  await send(person);
  await person.goto(`${app}/`);
  await signOut(person);
  await signIn(person, { app, link: world.link }, whose);
  await go(person);
  await answer(person, 9);
  await send(person);
  return 'both given, each with the own one';
});

situation('the browser refuses storage', async ({ come, note, address: whose }) => {
  const strict = await come({ storage: false });
  await signIn(strict, { app, link: world.link }, whose);
  await strict.press(/^Yes/, 10_000).catch(() => undefined);
  await strict.reads(/does not let the check-in keep anything/i);
  await note(strict);
  await elsewhere(come, whose);
  return 'given on another device';
}, { not: ['Chromium', 'Firefox'] });

situation('the browser refuses all cookies', async ({ come, note, address: whose }) => {
  const strict = await come({ cookies: false });
  await strict.goto(`${app}/sign-in`);
  await strict.fill(/^E-mail/, whose);
  await strict.press(/^Send me a link/);
  await strict.reads(/Look into your mailbox/i);
  await strict.goto(await world.link(whose));
  await strict.press(/^(Yes, )?sign in/i, 10_000).catch(() => undefined);
  await strict.reads(/cookie/i);
  await note(strict);
  await elsewhere(come, whose);
  return 'given on another device';
}, { not: ['Chromium'] });

situation('the browser runs no scripts', async ({ come, note, address: whose }) => {
  const plain = await come({ scripts: false });
  await plain.goto(`${app}/sign-in`);
  await plain.fill(/^E-mail/, whose);
  await plain.press(/^Send me a link/);
  await plain.reads(/Look into your mailbox/i);
  const link = await world.link(whose);
  await plain.goto(link);
  await plain.fill(/^Code from the link/, link.split('#')[1]);
  await plain.press(/^Go on/);
  await plain.press(/^(Yes, )?sign in/i);
  await plain.reads(/^Hello /m);
  await plain.reads(/JavaScript/);
  await note(plain);
  await elsewhere(come, whose);
  return 'given on another device';
  // Firefox that runs no scripts cannot be asked what it shows.
}, { not: ['Firefox'] });
