// Attacks by a web site that has nothing to do with us, on somebody who follows its link or only looks at it,
// in Chromium and Firefox. Numbered as in docs/attacks.md.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { availability } from './engines/engines.mjs';
import { APP, BALLOT, FOREIGN, hosts, missing } from './engines/hosts.mjs';
import { answer, pickUp, send, signIn, skipped } from './engines/journeys.mjs';
import { somebody } from './engines/people.mjs';
import { closeShared } from './engines/puppet.mjs';
import { Notes } from './engines/steps.mjs';
import { installation, moment, target } from './world.mjs';

const app = `https://${APP}`;
const ballot = `https://${BALLOT}`;
const notes = new Notes('foreign');
const none = missing();
/** What the foreign site serves, by path; each test puts its own there. */
const cakes = {};
let world, names, cohorts;
/** Whoever comes next: each attack is on somebody new. */
let next = 0;

before(async () => {
  if (none) return;
  world = await installation(undefined, (run) => run('wave', 'open', '--label', 'now', '--opens', moment(-1000), '--closes', moment(3_600_000)), { units: ['Elm', 'Oak'], people: 14, origins: { app, ballot } });
  names = await hosts(world.folder, world.ports, cakes);
  const manifest = await (await fetch(`http://127.0.0.1:${world.ports.ballot}/w/1.json`, { headers: { host: BALLOT } })).json();
  cohorts = manifest.cohorts.map((it) => it.id);
});

after(async () => {
  await closeShared();
  await names?.end();
  await world?.end();
});

/** A ristretto255 element, the generator: what a stranger can always send. */
const ELEMENT = Buffer.from('e2f2ae0a6abc4e71a884a961c500515f58e30b6aa582dd8db6a65945e08d2d76', 'hex').toString('base64url');
const parcel = (it) => `#${encodeURIComponent(JSON.stringify(it))}`;
/** A parcel as it looks with no value of a tab in it, and with one that somebody made up. */
const parcels = (it) => ['', 'AAAAAAAAAAAAAAAAAAAAAA'].map((to) => parcel({ to, reply: 'x', states: {}, shared: false, ...it }));
const each = (made) => cohorts.flatMap((cohort) => parcels(made(cohort)));
const blinded = () => each((cohort) => ({ kind: 'blinded', waves: [{ seq: 1, cohort, blinded: ELEMENT }] }));
const pickUps = () => each((cohort) => ({ kind: 'pick-up', waves: [{ seq: 1, cohort, issued: null, open: true }] }));
const issued = () => each((cohort) => ({ kind: 'issued', waves: [{ seq: 1, cohort, blinded: ELEMENT, gone: true, status: 409 }] }));
const outcomes = [{ states: { 1: 'ready' }, ready: [1] }, { states: { 1: 'elsewhere' }, ready: [], status: 409 }, { failed: 'unsafe', ready: [] }].flatMap((it) => parcels({ kind: 'outcome', ...it }));

/** Runs an attack in each engine: `work` gets somebody and how to sign in. */
function attack(name, work) {
  for (const engine of ['Chromium', 'Firefox']) {
    test(`attack ${name} (${engine})`, { timeout: 240_000 }, async (t) => {
      const why = none ?? availability(engine);
      if (why) return skipped(t, `attack ${name} in ${engine}`, why);
      const person = await somebody(engine, { proxy: names.proxy, logs: join(target, 'browser-logs') });
      t.after(() => person.close());
      const address = `${['elm', 'oak'][next % 2]}${Math.floor(next / 2)}@harbour.example`;
      next += 1;
      const step = notes.story({ engine, where: 'two host names', width: 390 });
      await step(`attack ${name}`, () => work(person, address));
    });
  }
}

/** A page of the foreign site with a link to this address; the person presses it. */
async function follow(person, address) {
  cakes['/link'] = `<!doctype html><title>Cake</title><main><p>There is cake in the break room.</p><a href="${address.replaceAll('"', '&quot;')}">Which cake?</a></main>`;
  await person.goto(`https://${FOREIGN}/link`);
  await person.press(/Which cake/);
  // Long enough for whatever the page does by itself.
  await person.waitFor(async () => !(await person.url()).includes(FOREIGN), 'the page behind the link');
  await new Promise((go) => { setTimeout(go, 1200); });
}

/** Signs in without going home, so that nothing has been picked up yet. */
async function signInOnly(person, address) {
  await person.goto(`${app}/sign-in`);
  await person.fill(/^E-mail/, address);
  await person.press(/^Send me a link/);
  await person.reads(/Look into your mailbox/i);
  const code = new URL(await world.link(address)).hash.slice(1);
  await person.goto(`${app}/in`);
  await person.fill(/^Code/, code);
  await person.press(/^Go on/);
  await person.reads(/Sign in as/i);
  await person.browser.evaluate(() => fetch('/in', { method: 'POST', redirect: 'manual', body: new URLSearchParams(new FormData(document.querySelector('form[action="/in"]'))) }).then(() => true));
}

async function votes(person) {
  await person.goto(`${app}/`);
  // Whoever was led away in the middle is asked to press once.
  const interrupted = /could not be made ready/i;
  if (await person.reads(interrupted, /\bready\.|is ready/i, /Will you answer on this device/i) === interrupted) await person.press(/^Try again/);
  await pickUp(person);
  await person.press(/go to the check-in/i);
  await answer(person, 9);
  await send(person);
}

attack('76: a link from anywhere spends the one request of somebody who is signed in', async (person, address) => {
  await signInOnly(person, address);
  for (const fragment of blinded()) {
    for (const page of ['/', '/in', '/pick-up']) await follow(person, `${app}${page}${fragment}`);
  }
  await votes(person);
});

attack('77: a link from anywhere leaves a record in the way, or says that all is ready', async (person, address) => {
  for (const fragment of pickUps()) await follow(person, `${ballot}/hand-over${fragment}`);
  await signInOnly(person, address);
  for (const fragment of outcomes) await follow(person, `${app}/in${fragment}`);
  await votes(person);
});

attack('78: a page of another site has the browser throw the check-in away', async (person, address) => {
  await signIn(person, world, address);
  await pickUp(person);
  const end = `${ballot}/kiosk/end`;
  cakes['/image'] = `<!doctype html><title>Cake</title><main><p>Look at this cake.</p><img src="${end}" alt=""><link rel="stylesheet" href="${end}"><iframe src="${end}"></iframe><form method="post" action="${end}" target="inner"><button>More cake</button></form><iframe name="inner"></iframe></main>`;
  await person.goto(`https://${FOREIGN}/image`);
  await person.press(/More cake/);
  await new Promise((go) => { setTimeout(go, 1500); });
  await follow(person, end);
  await person.goto(`https://${FOREIGN}/image`);
  await person.browser.evaluate(() => { document.querySelector('form').target = '_self'; });
  await person.press(/More cake/);
  await new Promise((go) => { setTimeout(go, 1500); });
  // Still signed in, and the check-in is still here.
  await person.goto(`${app}/`);
  await person.reads(/^Hello /m);
  await votes(person);
});

attack('79: parcels of every kind at every page', async (person, address) => {
  const odd = ['#', '#%', '#{}', '#null', parcel([]), parcel({ kind: 'pick-up' }), parcel({ kind: 'blinded', waves: null }), `#pulse:1:1:${'A'.repeat(43)}`, '#pulse-t:1:1:c1:AAAA'];
  await signInOnly(person, address);
  for (const page of [`${app}/`, `${app}/in`, `${app}/pick-up`, `${ballot}/hand-over`, `${ballot}/check-in`, `${ballot}/device`]) {
    for (const fragment of [...odd, blinded()[0], pickUps()[0], issued()[0], outcomes[2]]) {
      await person.goto('about:blank');
      await person.goto(page + fragment);
      await new Promise((go) => { setTimeout(go, 250); });
    }
  }
  await votes(person);
});
