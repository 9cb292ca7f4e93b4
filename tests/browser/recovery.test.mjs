// A check-in is found again: by a personal code, and by a passkey of the ballot host, for which Chromium has an
// authenticator made of software. On two host names with TLS, because on one host nothing keeps a passkey from
// the app. Attacks are numbered as in docs/attacks.md.
//
// CHROMIUM is the browser, TIDELINE the program; `cargo xtask browser` sets both.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { availability } from './engines/engines.mjs';
import { APP, BALLOT, hosts, missing } from './engines/hosts.mjs';
import { answer, giveCode, haveCode, makeCode, pickUp, send, signIn, skipped } from './engines/journeys.mjs';
import { somebody } from './engines/people.mjs';
import { closeShared } from './engines/puppet.mjs';
import { installation, moment, overflow, smallTargets, target, violations } from './world.mjs';

const app = `https://${APP}`;
const ballot = `https://${BALLOT}`;
const why = missing() ?? availability('Chromium');
let world, names;
/** Whoever comes next: nobody is in two tests. */
let next = 0;

before(async () => {
  if (why) return;
  world = await installation(undefined, (run) => run('wave', 'open', '--label', 'now', '--opens', moment(-1000), '--closes', moment(3_600_000)), { people: 12, origins: { app, ballot } });
  names = await hosts(world.folder, world.ports);
});

after(async () => {
  await closeShared();
  await names?.end();
  await world?.end();
});

function story(name, work) {
  test(name, { timeout: 240_000 }, async (t) => {
    if (why) return skipped(t, name, why);
    const address = `elm${next}@harbour.example`;
    next += 1;
    const come = async (more = {}) => {
      const person = await somebody('Chromium', { proxy: names.proxy, width: 320, height: 640, logs: join(target, 'browser-logs'), ...more });
      t.after(() => person.close());
      return person;
    };
    await work({ come, address });
  });
}

const parcel = (it) => `#${encodeURIComponent(JSON.stringify(it))}`;
const b64 = (length, fill) => Buffer.alloc(length, fill).toString('base64url');
const page = (person) => person.browser.page;
const offer = (person) => page(person).evaluate(async () => (await fetch('/me/pickup')).json());
const kept = (person) => page(person).evaluate(async () => (await fetch('/me/recovery')).json());
/** What the ballot origin keeps of secrets that outlive a wave, by name; asked on one of its pages. */
const secrets = (person) => page(person).evaluate(async () => {
  const open = await new Promise((done) => { const request = indexedDB.open('tideline'); request.onsuccess = () => done(request.result); });
  const table = open.transaction('seed').objectStore('seed');
  const [keys, values] = await Promise.all([table.getAllKeys(), table.getAll()].map((it) => new Promise((done) => { it.onsuccess = () => done(it.result); })));
  open.close();
  return keys.map((key, at) => [key, Array.from(values[at] ?? [])]).filter(([key]) => key.startsWith('root:'));
});

/** Gives `person` a phone with a screen lock, in which passkeys can be kept. */
async function authenticator(person, more = {}) {
  const client = await page(person).createCDPSession();
  await client.send('WebAuthn.enable', { enableUI: false });
  const options = { protocol: 'ctap2', ctap2Version: 'ctap2_1', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, hasPrf: true, automaticPresenceSimulation: true, ...more };
  const { authenticatorId } = await client.send('WebAuthn.addVirtualAuthenticator', { options });
  return { client, authenticatorId };
}

/** Everything that both origins keep in this browser is gone; the phone's passkeys stay. */
async function wipe(person, client) {
  for (const origin of [app, ballot]) {
    await person.goto(`${origin}/${origin === app ? 'sign-in' : 'recovery'}`);
    await page(person).evaluate(() => sessionStorage.clear());
    await page(person).goto('about:blank');
    await client.send('Storage.clearDataForOrigin', { origin, storageTypes: 'all' });
  }
  await client.send('Network.clearBrowserCookies');
}

async function makePasskey(person) {
  await person.goto(`${app}/account`);
  await person.press(/^Make a passkey for your check-in/);
  await person.press(/^Make the passkey/);
  await person.reads(/Saved\. It finds every check-in/i);
}

async function usePasskey(person) {
  await person.reads(/you can get it back here/i);
  await haveCode(person);
  await person.press(/^Use my passkey/);
  await person.reads(/\bready\.|is ready/i);
}

story('a passkey brings the check-in back when everything in the browser is gone', async ({ come, address }) => {
  const nurse = await come();
  const { client } = await authenticator(nurse);
  await signIn(nurse, world, address);
  await makePasskey(nurse);
  await nurse.goto(`${app}/`);
  await pickUp(nurse);
  const before = (await offer(nurse)).waves[0].issued;
  assert.ok(before);

  await wipe(nurse, client);
  await signIn(nurse, world, address);
  await usePasskey(nurse);
  assert.equal((await offer(nurse)).waves[0].issued, before, 'the same element');
  await nurse.press(/go to the check-in/i);
  await answer(nurse, 9);
  await send(nurse);

  await wipe(nurse, client);
  await signIn(nurse, world, address);
  await usePasskey(nurse);
  await nurse.press(/go to the check-in/i);
  await answer(nurse, 9);
  await nurse.press(/^Send my answers/);
  await nurse.reads(/already sent/i);
});

story('a code and a passkey open the same, and what is taken away opens nothing', async ({ come, address }) => {
  const nurse = await come();
  const { client } = await authenticator(nurse);
  await signIn(nurse, world, address);
  const code = await makeCode(nurse, world);
  await makePasskey(nurse);
  const { sealed } = await kept(nurse);
  assert.equal(sealed.length, 2);
  await nurse.goto(`${app}/`);
  await pickUp(nurse);

  // A new code in a browser that has the secret: the old one opens nothing any more.
  const newer = await makeCode(nurse, world);
  assert.equal((await kept(nurse)).sealed.length, 2);
  await wipe(nurse, client);
  await signIn(nurse, world, address);
  await haveCode(nurse);
  await nurse.fill(/^Personal code/, code);
  await nurse.press(/^Use this code/);
  await nurse.reads(/not your newest one/i);
  await page(nurse).$eval('#code-typed', (it) => { it.value = ''; });
  await nurse.fill(/^Personal code/, newer);
  await nurse.press(/^Use this code/);
  await nurse.reads(/\bready\.|is ready/i);

  await nurse.goto(`${app}/account`);
  await nurse.press(/^Remove: Personal code/);
  await nurse.reads(/Removed\. It opens nothing/i);
  await wipe(nurse, client);
  await signIn(nurse, world, address);
  await haveCode(nurse);
  assert.equal(await nurse.canPress(/^Use this code/), false, 'no code is kept');
  await nurse.press(/^Use my passkey/);
  await nurse.reads(/\bready\.|is ready/i);
});

story('typing faults are told, and the pages can be read and pressed at 320 points', async ({ come, address }) => {
  const nurse = await come();
  await page(nurse).setBypassCSP(true);
  const look = async () => {
    assert.deepEqual(await violations(page(nurse)), []);
    assert.ok(await overflow(page(nurse)) <= 0);
    assert.deepEqual(await smallTargets(page(nurse)), []);
  };
  await signIn(nurse, world, address);
  const code = await makeCode(nurse, world, look);
  await look();
  await nurse.goto(`${app}/`);
  await pickUp(nurse);

  const other = await come();
  await page(other).setBypassCSP(true);
  await signIn(other, world, address);
  await haveCode(other);
  const plain = [...code.replaceAll(' ', '')];
  const at = plain.findIndex((it, place) => it !== plain[place + 1]);
  const swapped = [...plain.slice(0, at), plain[at + 1], plain[at], ...plain.slice(at + 2)].join('');
  for (const [typed, expected] of [
    [code.slice(1), /This has 20\./],
    [swapped, /two have changed places/i],
    [`U${code.slice(1)}`, /a character here that no code has/i],
    [`${code[0] === '7' ? '8' : '7'}${code.slice(1)}`, /One character is wrong/i],
  ]) {
    await page(other).$eval('#code-typed', (it) => { it.value = ''; });
    await other.fill(/^Personal code/, typed);
    await other.press(/^Use this code/);
    await other.reads(expected);
  }
  assert.deepEqual(await violations(page(other)), []);
  await page(other).$eval('#code-typed', (it) => { it.value = ''; });
  await other.fill(/^Personal code/, code);
  await other.press(/^Use this code/);
  await other.reads(/\bready\.|is ready/i);
});

story('what was picked up without the code is not found by it, and the page says so', async ({ come, address }) => {
  const first = await come();
  await signIn(first, world, address);
  const code = await makeCode(first, world);

  // A second device, before anything is picked up: it is asked for the code, and goes on without.
  const second = await come();
  await signIn(second, world, address);
  await second.press(/^Yes, on this device/);
  await second.reads(/this browser does not have it yet/i);
  assert.equal((await offer(second)).waves[0].issued, null, 'nothing is picked up before that is settled');
  await second.press(/^Go on without it/);
  await second.reads(/\bready\.|is ready/i);

  const third = await come();
  await signIn(third, world, address);
  await haveCode(third);
  await third.fill(/^Personal code/, code);
  await third.press(/^Use this code/);
  await third.reads(/was fetched without it/i);
  assert.equal(await third.canPress(/^I have a code/), false, 'not once more');
});

story('on a browser that others use nothing of it is offered', async ({ come, address }) => {
  const ward = await come();
  await signIn(ward, world, address);
  await ward.press(/^Others use this one too/);
  await ward.reads(/\bready\.|is ready/i);
  await ward.goto(`${app}/account`);
  await ward.reads(/You said that others use this browser/i);
  assert.equal(await ward.canPress(/^Make a personal code/), false);
  await ward.goto(`${ballot}/recovery${parcel({ kind: 'recovery', to: '', reply: 'x', purpose: 'code', root: null, sealed: [] })}`);
  await ward.reads(/Not in this browser/i);
  assert.deepEqual(await secrets(ward), []);
});

story('nobody is asked for a code before they have said whose browser this is', async ({ come, address }) => {
  const owner = await come();
  await signIn(owner, world, address);
  await makeCode(owner, world);
  await owner.goto(`${app}/`);
  await pickUp(owner);

  const ward = await come();
  await signIn(ward, world, address);
  await ward.press(/^I have a code/);
  await ward.reads(/Will you answer on this device/i);
  await ward.press(/^Others use this one too/);
  await ward.reads(/was fetched (by|on another)/i);
  assert.equal(await ward.canPress(/^I have a code/), false, 'no code is asked for');
  assert.equal(await page(ward).evaluate(() => localStorage.getItem('tideline-answers')), 'others');
  await ward.goto(`${ballot}/recovery`);
  assert.deepEqual(await secrets(ward), []);
});

story('before anybody has said whose browser this is, the account page says where to make a code', async ({ come, address }) => {
  const nurse = await come();
  await signIn(nurse, world, address);
  await nurse.goto(`${app}/account`);
  await nurse.reads(/Only make one on a device that nobody else opens/i);
  await nurse.goto(`${app}/`);
  await pickUp(nurse);
  await nurse.goto(`${app}/account`);
  await nurse.reads(/Make a personal code/);
  assert.doesNotMatch(await nurse.words(), /Only make one on a device that nobody else opens/i);
});

story('attack 151: pages of the app cannot use the passkey, nor can another passkey of theirs stand for it', async ({ come, address }) => {
  const nurse = await come();
  await authenticator(nurse);
  await signIn(nurse, world, address);
  await makePasskey(nurse);
  const { root } = await kept(nurse);
  const asked = (rpId) => page(nurse).evaluate(async (id) => {
    const first = new Uint8Array(32);
    try {
      const got = await navigator.credentials.get({ publicKey: { challenge: first, rpId: id, timeout: 5_000, userVerification: 'required', extensions: { prf: { eval: { first } } } } });
      return `gave ${JSON.stringify(got.getClientExtensionResults())}`;
    } catch (error) {
      return error.name;
    }
  }, rpId);
  // Most pages may ask for no passkey at all.
  await nurse.goto(`${app}/account`);
  assert.equal(await asked(BALLOT), 'NotAllowedError', 'the policy of the page');
  // Where people sign in they may, but not for that host.
  await nurse.press(/^Sign out on this device/);
  await nurse.reads(/E-mail address at work/i);
  assert.equal(await asked(BALLOT), 'SecurityError', 'of the ballot host');
  for (const rpId of [APP, APP.split('.').slice(1).join('.')]) assert.equal(await asked(rpId), 'NotAllowedError', `${rpId} has none`);
  await nurse.goto(`${ballot}/recovery`);
  assert.match(await asked(BALLOT), /^gave .*results/, 'the ballot host itself gets it: the attack is the right one');
  assert.deepEqual((await secrets(nurse)).map(([name]) => name), [`root:${root}`]);
});

story('a passkey that cannot do it is told, and the code is named', async ({ come, address }) => {
  const nurse = await come();
  await authenticator(nurse, { hasPrf: false });
  await signIn(nurse, world, address);
  await nurse.goto(`${app}/account`);
  await nurse.press(/^Make a passkey for your check-in/);
  const cannot = /cannot do what is needed\. Please use your personal code/i;
  if (await nurse.reads(/^A passkey for your check-in/im, cannot) !== cannot) {
    await nurse.press(/^Make the passkey/);
    await nurse.reads(cannot);
  }
  await nurse.goto(`${app}/account`);
  assert.deepEqual((await kept(nurse)).sealed, []);
});

story('attack 156: a link has somebody’s code replaced, or keeps a copy that is not theirs', async ({ come, address }) => {
  const nurse = await come();
  await signIn(nurse, world, address);
  const code = await makeCode(nurse, world);
  const before = await kept(nurse);
  const made = { kind: 'sealed', reply: '', root: b64(16, 9), sealed: Buffer.concat([Buffer.from([1]), Buffer.alloc(60, 9)]).toString('base64url'), anew: true };
  for (const to of ['', 'x', 'AAAAAAAAAAAAAAAAAAAAAA']) {
    await nurse.goto(`${app}/pick-up${parcel({ ...made, to })}`);
    await nurse.reads(/It was not saved/i);
  }
  assert.deepEqual(await kept(nurse), before);

  // A page of ours that begins what nobody asked for: even somebody who goes through with it loses nothing.
  await nurse.goto(`${ballot}/recovery${parcel({ kind: 'recovery', to: '', reply: 'AAAAAAAAAAAAAAAAAAAAAA', purpose: 'code', root: null, sealed: [] })}`);
  await nurse.reads(/Write it down now/i);
  const shown = await page(nurse).evaluate(() => document.querySelector('#code').textContent);
  await nurse.fill(/last three characters/i, shown.slice(-3));
  await nurse.press(/^I have written it down/);
  await nurse.reads(/It was not saved/i);
  assert.deepEqual(await kept(nurse), before);

  // And with copies and names that are none.
  for (const bad of [{ root: null, sealed: ['x'] }, { root: 'x', sealed: [] }, { root: b64(16, 1), sealed: [b64(61, 1), b64(60, 1)] }, {}]) {
    await page(nurse).goto('about:blank');
    await nurse.goto(`${ballot}/recovery${parcel({ kind: 'recovery', to: '', reply: 'x', purpose: 'open', ...bad })}`);
    await nurse.reads(/Please begin on the start page/i);
  }
  await nurse.goto(`${app}/`);
  await pickUp(nurse);
  const lost = await come();
  await signIn(lost, world, address);
  await giveCode(lost, code);
});

story('attack 157: neither the code nor the secret leaves the ballot origin’s pages', async ({ come, address }) => {
  const travelled = [];
  const watch = (person) => {
    page(person).on('request', (it) => travelled.push(it.url(), it.postData() ?? ''));
    page(person).on('framenavigated', (it) => travelled.push(it.url()));
  };
  const first = await come();
  watch(first);
  await signIn(first, world, address);
  const code = await makeCode(first, world);
  await first.goto(`${app}/`);
  await pickUp(first);
  const second = await come();
  watch(second);
  await signIn(second, world, address);
  await giveCode(second, code);
  await second.goto(`${ballot}/recovery`);
  const [[, root]] = await secrets(second);
  assert.equal(root.length, 32);
  const plain = code.replaceAll(' ', '');
  const secret = Buffer.from(root);
  const told = [plain, plain.slice(0, 20), code, encodeURIComponent(code), secret.toString('base64url'), secret.toString('base64'), secret.toString('hex')];
  const decoded = (it) => { try { return decodeURIComponent(it); } catch { return it; } };
  const all = travelled.flatMap((it) => [it, decoded(it)]).join('\n');
  assert.ok(all.includes('"sealed"') && all.includes('/me/recovery'), 'what travels was seen');
  for (const it of told) assert.ok(!all.toLowerCase().includes(it.toLowerCase()), it);
  await first.goto(`${app}/account`);
  const stored = await page(first).evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, document.documentElement.outerHTML]));
  for (const it of told) assert.ok(!stored.toLowerCase().includes(it.toLowerCase()), 'kept on the app’s side');
});
