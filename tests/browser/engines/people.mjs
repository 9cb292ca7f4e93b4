// What people do and read, in any engine. Everything here goes by words and buttons that are seen; nothing
// knows how a page does its work.

import assert from 'node:assert/strict';
import jsQR from 'jsqr';
import { PNG } from 'pngjs';
import { Puppet } from './puppet.mjs';
import { WebKit } from './webkit.mjs';

export const pause = (ms) => new Promise((go) => { setTimeout(go, ms); });

/** How long somebody looks at a page that does not change before giving up. Unit: milliseconds. */
const PATIENCE = 60_000;

// ---- run in the page

/** The words that can be seen in the page, one line each. */
const seenWords = () => (document.querySelector('main') ?? document.body).innerText.replace(/\s*\n\s*/g, '\n').trim();

/** What can be pressed or filled in and has this name. */
const named = (kinds, pattern) => {
  const like = new RegExp(pattern, 'i');
  const name = (it) => {
    const label = it.labels?.[0]?.textContent;
    return (it.getAttribute('aria-label') ?? label ?? it.textContent).replace(/\s+/g, ' ').trim();
  };
  const shown = (it) => it.getClientRects().length > 0 && getComputedStyle(it).visibility !== 'hidden';
  return [...document.querySelectorAll(kinds)].find((it) => shown(it) && like.test(name(it)));
};

/** Whether there is such a thing. */
const isThere = new Function('kinds', 'pattern', `return (${named})(kinds, pattern) !== undefined`);

const focusedName = (pattern) => {
  const it = document.activeElement;
  return it !== null && it.matches('button, a[href], summary, input') && new RegExp(pattern, 'i').test((it.getAttribute('aria-label') ?? it.labels?.[0]?.textContent ?? it.textContent).replace(/\s+/g, ' ').trim());
};

const optionAt = (at) => [...document.querySelectorAll('fieldset')].find((it) => it.getClientRects().length > 0)?.querySelectorAll('button')[at];

// ---- run here

/** The survey ignores presses that come so soon after a step. Unit: milliseconds. */
export const SLIP = 400;
const KINDS = 'button, a[href], summary, input[type=submit]';

/** Somebody at a browser of `engine`: one with nothing in it, or the one that keeps its data at `keep`. */
export async function somebody(engine, options) {
  const browser = engine === 'WebKit' ? await WebKit.open(options) : await Puppet.open(engine, options);
  return new Person(browser, options);
}

export class Person {
  constructor(browser, options) {
    this.browser = browser;
    this.options = options;
  }

  get engine() { return this.browser.engine; }

  async goto(url) { await this.browser.goto(url); }
  url() { return this.browser.url(); }
  close() { return this.browser.close(); }

  /** All words that can be seen; empty while a page is on its way. */
  async words() {
    try { return await this.browser.evaluate(seenWords); } catch { return ''; }
  }

  /** The part that tells how the check-in stands: a line on the home page, or the screen that is shown. */
  state() {
    return this.browser.evaluate(() => {
      const shown = (it) => it.getClientRects().length > 0;
      const part = [...document.querySelectorAll('#check-in-state, [data-screen]')].find(shown) ?? document.querySelector('main');
      const help = [...document.querySelectorAll('.slow')].find((it) => getComputedStyle(it).visibility === 'visible' && shown(it));
      const alarm = [...document.querySelectorAll('[role=alert]')].find((it) => shown(it) && it.innerText.trim() !== '');
      return (help ?? alarm ?? part).innerText.replace(/\s*\n\s*/g, ' / ').trim();
    });
  }

  /** Waits until one of the patterns can be read; returns the first that can. */
  async reads(...patterns) {
    const patience = typeof patterns.at(-1) === 'number' ? patterns.pop() : PATIENCE;
    const until = Date.now() + patience;
    let words = '';
    while (Date.now() < until) {
      words = await this.words();
      const found = patterns.find((it) => it.test(words));
      if (found) return found;
      await pause(80);
    }
    assert.fail(`${this.engine} does not show ${patterns.join(' or ')} at ${await this.url()}, but:\n${words}`);
  }

  /** Presses the button or link of this name as soon as there is one. */
  async press(name, patience = PATIENCE) {
    const until = Date.now() + patience;
    let problem = '';
    while (Date.now() < until) {
      try { if (await this.browser.click(named, KINDS, name.source)) return; } catch (error) { problem = error.message; }
      await pause(80);
    }
    assert.fail(`${this.engine}: there is no ${name} to press at ${await this.url()} (${problem}):\n${await this.words()}`);
  }

  /** Whether something of this name can be pressed now. */
  canPress(name) { return this.browser.evaluate(isThere, KINDS, name.source).catch(() => false); }

  async fill(name, text) {
    await this.waitFor(async () => {
      if (!await this.browser.click(named, 'input', name.source)) return false;
      await this.browser.type(text);
      return true;
    }, `a field ${name}`);
  }

  /** Chooses the answer at this place of the statement that is shown; 0 is the first. */
  async choose(at) {
    await pause(SLIP);
    await this.waitFor(() => this.browser.click(optionAt, at), 'an answer to choose');
  }

  /** Moves the focus by Tab to the first answer of the statement that is shown. */
  async focusFirstOption() {
    for (let steps = 0; steps < 20; steps += 1) {
      if (await this.browser.evaluate(() => document.activeElement?.matches('fieldset button'))) return;
      await this.browser.key('Tab');
    }
    assert.fail(`${this.engine}: no answer can be reached by Tab`);
  }

  async waitFor(work, what, patience = PATIENCE) {
    const until = Date.now() + patience;
    let problem = '';
    while (Date.now() < until) {
      try { const got = await work(); if (got) return got; } catch (error) { problem = error.message; }
      await pause(80);
    }
    assert.fail(`${this.engine}: ${what} did not come at ${await this.url()} (${problem}):\n${await this.words()}`);
  }

  /** Moves the focus by Tab to what has this name, and presses a key there. */
  async pressByKeys(name, key = 'Enter') {
    await this.focusByKeys(name);
    await this.browser.key(key);
  }

  async focusByKeys(name) {
    for (let steps = 0; steps < 60; steps += 1) {
      if (await this.browser.evaluate(focusedName, name.source).catch(() => false)) return;
      await this.browser.key('Tab');
    }
    assert.fail(`${this.engine}: ${name} cannot be reached by Tab at ${await this.url()}:\n${await this.words()}`);
  }

  /** By how many points the page is wider than the window. */
  wider() { return this.browser.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth); }

  /** The code that is shown on this screen, as another device's camera reads it. */
  async code() {
    return this.waitFor(async () => {
      await this.browser.evaluate(() => { document.querySelector('svg.qr')?.scrollIntoView({ block: 'center', behavior: 'instant' }); });
      const picture = PNG.sync.read(await this.browser.shot());
      return jsQR(new Uint8ClampedArray(picture.data), picture.width, picture.height)?.data;
    }, 'a code that can be read');
  }
}
