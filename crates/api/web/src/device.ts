// Answering somewhere else: on the shared tablet, with a code that carries this browser's token; or on
// a second device of one's own, with a seed that both share from the next pick-up on. Both opt-in.

import { bearerText } from "./bearer.ts";
import { listedWaves } from "./net.ts";
import { ownOf, takeNamed } from "./own.ts";
import { element, setting, text as said } from "./page.ts";
import { qrImage } from "./qr.ts";
import { freshSeed, isSeed, parseSeed, seedText } from "./seed.ts";
import { Store, StorageRefused } from "./store.ts";
import { pinned } from "./tokens.ts";
import { show, showError } from "./survey.ts";

const app = setting("appOrigin");

function reveal(into: string, text: string, label: string): void {
  element(into).replaceChildren(qrImage(text, label));
}

/** The first wave for which nothing is made yet: a seed is good from there on. */
async function nextWave(store: Store): Promise<number> {
  const { waves } = await listedWaves();
  for (const { seq } of waves) if ((await store.records(await pinned(app, seq))).length === 0) return seq;
  const seen = await store.seen();
  return Math.max(0, ...seen.map((it) => it.seq), ...waves.map((it) => it.seq)) + 1;
}

async function offerTablet(store: Store): Promise<void> {
  const { now, waves } = await listedWaves();
  for (const { seq, closes } of waves.filter((it) => now < it.closes && it.opens <= now)) {
    const held = ownOf(await store.records(await pinned(app, seq)), elements);
    if (held === undefined || held === "several" || held.state !== "token" || closes <= now) continue;
    element("tablet").hidden = false;
    element("show-tablet").addEventListener("click", () => {
      reveal("tablet-code", `${location.origin}/kiosk#${bearerText(seq, held)}`, said("booth-device-tablet-code"));
      element("show-tablet").hidden = true;
    });
    return;
  }
  element("no-token").hidden = false;
}

async function offerSeed(store: Store): Promise<void> {
  // A secret that outlives a wave would be another person's tomorrow.
  if (await store.isShared()) return element("second").remove();
  const state = async (): Promise<void> => {
    const on = (await store.seed()) !== undefined;
    element("seed-on").hidden = !on;
    element("seed-off").hidden = on;
  };
  element("share").addEventListener("click", () => {
    void (async () => {
      const seed = (await store.seed()) ?? freshSeed(await nextWave(store));
      await store.keepSeed(seed);
      await state();
      reveal("seed-code", `${location.origin}/device#${seedText(seed)}`, said("booth-device-seed-code"));
    })().catch(() => showError(said("booth-device-unreachable"), said("booth-device-unreachable-text")));
  });
  element("unshare").addEventListener("click", () => {
    void store.keepSeed(undefined).then(() => {
      element("seed-code").replaceChildren();
      return state();
    });
  });
  await state();
}

/** This device was asked to share a seed; it does so only if the person here wants it. */
function accept(store: Store, text: string): void {
  show("accept");
  element("accept-yes").addEventListener("click", () => {
    void (async () => {
      await store.keepSeed(parseSeed(text));
      show("accepted");
    })().catch((error: unknown) =>
      error instanceof StorageRefused ? show("storage") : showError(said("booth-device-bad-code"), said("booth-device-bad-code-text")),
    );
  });
}

const text = location.hash.slice(1);
const elements = isSeed(text) ? [] : takeNamed();
// A secret goes out of the address bar and the history before anything else happens.
if (isSeed(text)) history.replaceState(null, "", location.pathname);
try {
  const store = await Store.open();
  if (isSeed(text)) accept(store, text);
  else {
    await offerTablet(store);
    await offerSeed(store);
    show("device");
  }
} catch (error) {
  show(error instanceof StorageRefused ? "storage" : "unreachable");
}
