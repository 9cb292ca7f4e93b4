import assert from "node:assert/strict";
import { test } from "node:test";

import { isInsideApp, keeps } from "../src/browser.ts";
import type { Store } from "../src/store.ts";

const IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)";
const ANDROID = "Mozilla/5.0 (Linux; Android 15; Pixel 8";

test("windows inside of other apps are told from browsers", () => {
  for (const agent of [
    `${IPHONE} Mobile/15E148`,
    `${IPHONE} Version/18.0 Mobile/15E148 Safari/604.1 GSA/330.0`,
    `${IPHONE} Mobile/15E148 [FBAN/FBIOS;FBAV/480.0]`,
    `${ANDROID}; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/140.0 Mobile Safari/537.36`,
    `${ANDROID}) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36 Instagram 300.0`,
  ]) assert.ok(isInsideApp(agent), agent);
  for (const agent of [
    `${IPHONE} Version/18.0 Mobile/15E148 Safari/604.1`,
    `${IPHONE} CriOS/140.0 Mobile/15E148 Safari/604.1`,
    `${IPHONE} FxiOS/140.0 Mobile/15E148 Safari/605.1.15`,
    `${ANDROID}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Mobile Safari/537.36`,
    "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36 Edg/140.0",
  ]) assert.ok(!isInsideApp(agent), agent);
});

/** What is expected of a browser that was here first on `since`; `files` is whether it has a file system. */
async function expected(browser: { vendor: string; firefox?: boolean; files?: boolean; persists?: boolean; agent?: string }, since: string) {
  const storage = {
    getDirectory: () => (browser.files === false ? Promise.reject(new Error("private")) : Promise.resolve({})),
    persist: () => (browser.firefox === true ? assert.fail("the browser would ask") : Promise.resolve(browser.persists === true)),
    persisted: () => Promise.resolve(browser.persists === true),
  };
  Object.defineProperty(globalThis, "navigator", { value: { vendor: browser.vendor, userAgent: browser.agent ?? "", storage }, configurable: true });
  Object.assign(globalThis, { CSS: { supports: () => browser.firefox === true } });
  return await keeps({ since: () => Promise.resolve(since) } as unknown as Store, new Date(2026, 10, 29, 12));
}

test("a browser keeps things for long if it has before, or promises to, and WebKit never", async () => {
  const [chromium, firefox, webkit] = [{ vendor: "Google Inc." }, { vendor: "", firefox: true }, { vendor: "Apple Computer, Inc." }];
  const [today, before] = ["2026-11-29", "2026-10-2"];
  assert.equal(await expected(chromium, today), "unknown");
  assert.equal(await expected({ ...chromium, persists: true }, today), "long");
  assert.equal(await expected(chromium, before), "long");
  assert.equal(await expected(firefox, today), "unknown");
  assert.equal(await expected(firefox, before), "long");
  assert.equal(await expected({ ...firefox, files: false }, today), "visit", "a private window");
  assert.equal(await expected(webkit, before), "days");
  assert.equal(await expected({ ...webkit, persists: true }, before), "days");
  assert.equal(await expected({ ...webkit, files: false }, today), "visit", "a private window");
  assert.equal(await expected({ ...webkit, agent: `${IPHONE} Mobile/15E148` }, before), "visit", "inside of another app");
});
