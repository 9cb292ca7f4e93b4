// WebKitGTK: a window of its own for each person (webkit-window.py), told what to do line by line.

import { spawn } from 'node:child_process';
import { mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const WINDOW = new URL('webkit-window.py', import.meta.url).pathname;
/** The only Python that has Debian's bindings. */
export const PYTHON = '/usr/bin/python3';
/** The toolkit's names of keys. */
const KEYS = { Enter: 'Return', Space: 'space', ArrowDown: 'Down', ArrowUp: 'Up' };
/** How long the window may take for anything it is asked. Unit: milliseconds. */
const PATIENCE = 60_000;

/** Windows that nobody has closed yet; none outlives this process. */
const running = new Set();
process.once('exit', () => { for (const window of running) window.kill(); });

let display;
/** A screen without a screen, on a number that is free; ends with this process. */
function screen() {
  display ??= new Promise((up, fail) => {
    const server = spawn('Xvfb', ['-displayfd', '1', '-screen', '0', '1400x2400x24', '-nolisten', 'tcp', '-noreset'], { stdio: ['ignore', 'pipe', 'ignore'] });
    server.on('error', fail);
    server.stdout.once('data', (number) => up(`:${String(number).trim()}`));
    // Neither the process nor its pipe keeps the test alive.
    server.unref();
    server.stdout.unref();
    process.once('exit', () => server.kill());
  });
  return display;
}

export class WebKit {
  engine = 'WebKit';
  #asked = new Map();
  #next = 1;

  /** @param {{ proxy?: string, keep?: string, language?: string, zoom?: number, scripts?: boolean, storage?: boolean, cookies?: boolean, width?: number, height?: number, logs: string }} options */
  static async open(options) {
    const it = new WebKit();
    const no = (allowed) => (allowed === false ? 'no' : 'yes');
    const env = {
      ...process.env,
      DISPLAY: await screen(),
      GDK_BACKEND: 'x11',
      LIBGL_ALWAYS_SOFTWARE: '1',
      NO_AT_BRIDGE: '1',
      // With its own allocator WebKit 2.50.6 ends one page in ten on some kernels; with the system's none.
      Malloc: '1',
      WINDOW_LANGUAGE: options.language ?? 'en',
      WINDOW_ZOOM: String(options.zoom ?? 1),
      WINDOW_SCRIPTS: no(options.scripts),
      WINDOW_STORAGE: no(options.storage),
      WINDOW_COOKIES: no(options.cookies),
    };
    if (options.proxy) env.WINDOW_PROXY = options.proxy;
    if (options.keep) env.WINDOW_DATA = options.keep;
    mkdirSync(options.logs, { recursive: true });
    const log = openSync(join(options.logs, 'webkit.log'), 'a');
    it.window = spawn(PYTHON, [WINDOW], { env, stdio: ['pipe', 'pipe', log] });
    running.add(it.window);
    it.window.once('exit', () => {
      running.delete(it.window);
      for (const { fail } of it.#asked.values()) fail(new Error('the window has ended; see webkit.log'));
    });
    const up = it.#answerTo(0);
    createInterface({ input: it.window.stdout }).on('line', (line) => it.#hear(JSON.parse(line)));
    it.version = await up;
    await it.size(options.width ?? 390, options.height ?? 844);
    return it;
  }

  #hear({ id, value, error }) {
    const asked = this.#asked.get(id);
    this.#asked.delete(id);
    if (error === undefined) asked?.done(value);
    else asked?.fail(new Error(error));
  }

  #answerTo(id) {
    return new Promise((done, fail) => {
      const patience = setTimeout(() => fail(new Error('the window does not answer')), PATIENCE);
      const over = (end) => (what) => { clearTimeout(patience); end(what); };
      this.#asked.set(id, { done: over(done), fail: over(fail) });
    });
  }

  ask(what, more = {}) {
    if (!running.has(this.window)) return Promise.reject(new Error('the window has ended; see webkit.log'));
    const id = this.#next;
    this.#next += 1;
    const answer = this.#answerTo(id);
    this.window.stdin.write(`${JSON.stringify({ id, do: what, ...more })}\n`);
    return answer;
  }

  goto(url) { return this.ask('go', { url }); }
  url() { return this.ask('url'); }
  /** Ends the page's process; the window loads the page again, as Safari does. */
  crash() { return this.ask('crash'); }
  back() { return this.ask('back'); }

  /** Runs a function in the page and returns what it gives; nothing that takes time (see webkit-window.py). */
  async evaluate(work, ...args) {
    const script = `JSON.stringify([(${work})(...${JSON.stringify(args)})])`;
    return (await this.ask('evaluate', { script }))[0] ?? undefined;
  }

  /** Presses where the element is that a function in the page finds; whether it was there and was met. */
  async click(work, ...args) {
    const place = await this.evaluate(new Function('args', `
      const found = (${work})(...args);
      if (!found) return undefined;
      found.scrollIntoView({ block: 'center', behavior: 'instant' });
      const box = found.getClientRects()[0] ?? found.getBoundingClientRect();
      const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
      const on = document.elementFromPoint(x, y);
      const same = on && (found.contains(on) || on.contains(found) || on.closest('label')?.control === found);
      if (!same) throw new Error('something lies on ' + found.outerHTML.slice(0, 80));
      window.wasMet = false;
      found.addEventListener('click', () => { window.wasMet = true; }, { capture: true, once: true });
      return { x, y };`), args);
    if (!place) return false;
    await this.ask('click', place);
    // A page that moved in between is pressed in another place. One that is gone was met.
    return this.evaluate(() => window.wasMet !== false).catch(() => true);
  }

  async type(text) {
    for (const letter of text) await this.ask('key', { key: letter });
  }

  key(name, { shift = false } = {}) { return this.ask('key', { key: KEYS[name] ?? name, shift }); }

  /** A picture of what is in the window, as PNG. */
  async shot() { return Buffer.from(await this.ask('shot'), 'base64'); }

  size(width, height) { return this.ask('size', { width, height }); }

  async close() {
    if (!running.has(this.window)) return;
    const gone = new Promise((done) => { this.window.once('exit', done); });
    this.window.kill();
    await gone;
  }
}
