// Firefox by WebDriver BiDi and Chromium by its own protocol, both through puppeteer-core. One process of a
// browser for many people, each with a profile of their own in memory; or one that keeps a profile.

import puppeteer from 'puppeteer-core';

const CHROMIUM = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'];
/** What Firefox does by itself and a test does not want: calls home, first-run pages, sending crashes. */
const FIREFOX = {
  'datareporting.policy.dataSubmissionEnabled': false,
  'toolkit.telemetry.enabled': false,
  'app.normandy.enabled': false,
  'extensions.update.enabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'browser.safebrowsing.update.enabled': false,
  // A window that is behind others for a moment is somebody at another phone.
  'dom.ipc.processPriorityManager.enabled': false,
};

const pause = (ms) => new Promise((go) => { setTimeout(go, ms); });

const launched = new Map();

function launch(engine, { proxy, keep, language, scripts, cookies }) {
  const { hostname, port } = proxy ? new URL(proxy) : {};
  const common = { headless: true, acceptInsecureCerts: true, defaultViewport: null, userDataDir: keep, protocolTimeout: 60_000 };
  if (engine === 'Chromium') {
    const args = [...CHROMIUM, ...(proxy ? [`--proxy-server=${hostname}:${port}`] : []), ...(language ? [`--lang=${language}`] : [])];
    return puppeteer.launch({ ...common, browser: 'chrome', executablePath: process.env.CHROMIUM, args });
  }
  const prefs = { ...FIREFOX, 'intl.accept_languages': language ?? 'en' };
  if (proxy) Object.assign(prefs, { 'network.proxy.type': 1, 'network.proxy.ssl': hostname, 'network.proxy.ssl_port': Number(port), 'network.proxy.http': hostname, 'network.proxy.http_port': Number(port) });
  if (scripts === false) prefs['javascript.enabled'] = false;
  if (cookies === false) prefs['network.cookie.cookieBehavior'] = 2;
  return puppeteer.launch({ ...common, browser: 'firefox', executablePath: process.env.FIREFOX, extraPrefsFirefox: prefs });
}

/** A process that people share where nothing about it is special. */
function shared(engine, options) {
  const key = JSON.stringify([engine, options.proxy]);
  if (!launched.has(key)) launched.set(key, launch(engine, { proxy: options.proxy }));
  return launched.get(key);
}

/** Ends the processes that were shared. */
export async function closeShared() {
  for (const browser of launched.values()) await (await browser).close();
  launched.clear();
}

/** Run in the page: waits until something no longer moves, as somebody does before pressing it. */
const stands = async (it) => {
  const place = () => { const { x, y } = it.getBoundingClientRect(); return `${x} ${y}`; };
  const drawn = () => new Promise((go) => { requestAnimationFrame(go); setTimeout(go, 200); });
  for (let before, now = place(), looks = 0; before !== now && looks < 50; looks += 1) {
    before = now;
    await drawn();
    await drawn();
    now = place();
  }
};

export class Puppet {
  /** The page that is in front of all others. */
  static front;

  /** @param {'Chromium' | 'Firefox'} engine; options as of {@link WebKit.open} */
  static async open(engine, options) {
    const it = new Puppet();
    it.engine = engine;
    const own = options.keep || options.language || [options.scripts, options.cookies].includes(false);
    it.browser = own ? await launch(engine, options) : await shared(engine, options);
    it.version = await it.browser.version();
    if (own) it.page = (await it.browser.pages())[0];
    else {
      it.context = await it.browser.createBrowserContext();
      it.page = await it.context.newPage();
    }
    it.own = Boolean(own);
    it.viewport = { width: options.width ?? 390, height: options.height ?? 844, deviceScaleFactor: options.zoom ?? 1 };
    // A window of so many points shows that much less of a page that is enlarged.
    it.viewport.width = Math.round(it.viewport.width / it.viewport.deviceScaleFactor);
    it.viewport.height = Math.round(it.viewport.height / it.viewport.deviceScaleFactor);
    it.options = options;
    await it.prepare(it.page);
    return it;
  }

  async prepare(page) {
    await page.setViewport(this.viewport);
    if (this.engine === 'Chromium' && this.options.scripts === false) await page.setJavaScriptEnabled(false);
  }

  /** A window behind others gets no time in Firefox: whoever acts has theirs in front. */
  async come() {
    const isInFront = () => document.hasFocus() && document.visibilityState === 'visible';
    if (Puppet.front === this.page && await this.page.evaluate(isInFront).catch(() => false)) return;
    await this.page.bringToFront();
    Puppet.front = this.page;
  }

  /** Goes there, as if the address had been typed; a page that leads on at once is no failure. */
  async goto(url) {
    await this.come();
    await this.page.evaluate(() => { window.wasBefore = true; }).catch(() => undefined);
    let over = false;
    const going = this.page.goto(url, { waitUntil: 'domcontentloaded', timeout: 20_000 }).then(() => undefined, (error) => error).finally(() => { over = true; });
    // Firefox's answer may not come where the page was replaced on its way; the page itself tells.
    while (!over) {
      await pause(50);
      const there = await this.page.evaluate(() => window.wasBefore !== true && document.readyState !== 'loading' && location.href !== 'about:blank').catch(() => false);
      if (there) return;
    }
    const error = await going;
    if (error && !/abort|interrupt|NS_BINDING|detached|destroyed|navigat/i.test(error.message)) throw error;
  }

  async url() { return this.page.url(); }
  async back() { await this.page.evaluate(() => { history.back(); }); }
  evaluate(work, ...args) { return this.page.evaluate(work, ...args); }

  async click(work, ...args) {
    await this.come();
    const found = (await this.page.evaluateHandle(work, ...args)).asElement();
    if (!found) return false;
    await found.evaluate((it) => it.scrollIntoView({ block: 'center', behavior: 'instant' }));
    // Where a page runs no scripts it has no clock either, and nothing in it moves.
    if (this.options.scripts !== false) await found.evaluate(stands);
    await found.click();
    return true;
  }

  async type(text) {
    await this.come();
    await this.page.keyboard.type(text);
  }

  async key(name, { shift = false } = {}) {
    await this.come();
    if (shift) await this.page.keyboard.down('Shift');
    await this.page.keyboard.press(name === 'Space' ? ' ' : name);
    if (shift) await this.page.keyboard.up('Shift');
  }

  /** A picture of what can be seen. Firefox on a busy machine may have nothing drawn yet, and says so. */
  async shot() {
    for (let tries = 1; ; tries += 1) {
      await this.come();
      try { return Buffer.from(await this.page.screenshot()); } catch (error) {
        if (tries === 5) throw error;
        await pause(500 * tries);
        Puppet.front = undefined;
      }
    }
  }

  async close() {
    if (this.closed) return;
    this.closed = true;
    if (this.own) await this.browser.close();
    else await this.context.close();
  }
}
