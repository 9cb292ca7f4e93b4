// The survey page: finds the open wave, pins what is published about it, and sends the sealed ballot.
//
// All requests but one are made when the page loads. The one after that is the ballot.

import { type Ready, invite, moment } from "./answer.ts";
import { Unreachable, listedWaves, pinFrom } from "./net.ts";
import { loadAgain, naming, ownOf, takeNamed } from "./own.ts";
import { element, setting, text } from "./page.ts";
import { seedOf } from "./seed.ts";
import { StorageRefused, Store } from "./store.ts";
import { elsewhere, show } from "./survey.ts";

/** Whose check-in is meant, if the app said so. */
const elements = takeNamed();

async function prepare(): Promise<Ready | undefined> {
  const store = await Store.open();
  const { now, waves } = await listedWaves();
  await store.forgetClosed(now);
  const open = waves.filter((it) => it.opens <= now && now < it.closes);
  if (open.length === 0) {
    sayNext(waves.map((it) => it.opens).filter((it) => it > now));
    return undefined;
  }
  let over: "sent" | "several" | undefined;
  for (const { seq } of open) {
    const { pinned, chain } = await pinFrom([location.origin, setting("appOrigin")], seq, await store.seen());
    await store.remember(chain);
    const here = ownOf(await store.records(pinned), elements);
    if (here === "several" || here?.state === "sent") over ??= here === "several" ? here : "sent";
    else if (here?.state === "token") {
      const there = elsewhere(pinned.manifest);
      if (there !== undefined) {
        location.replace(there + naming(elements));
        return undefined;
      }
      const sent = async (): Promise<void> => {
        await store.markSent(pinned, here);
        await moveOn(store, seq);
      };
      return { pinned, token: here, sent };
    }
  }
  show(over ?? "none");
  return undefined;
}

/** A seed that two devices share must not tell, later, which token was this wave's. */
async function moveOn(store: Store, seq: number): Promise<void> {
  const seed = await store.seed();
  if (seed?.seq === seq) await store.keepSeed(await seedOf(seed, seq + 1));
}

function sayNext(opens: number[]): void {
  if (opens.length === 0) return show("idle");
  element("opens").textContent = text("booth-early-at", { moment: moment(Math.min(...opens)) });
  show("early");
}

function excuse(error: unknown): string {
  if (error instanceof StorageRefused) return "storage";
  if (error instanceof Unreachable) return navigator.onLine ? "unreachable" : "offline";
  return "unsafe";
}

try {
  const ready = await prepare();
  if (ready !== undefined) invite(ready);
} catch (error) {
  show(excuse(error));
  // Signal comes back while people walk through a building.
  if (!navigator.onLine) addEventListener("online", () => loadAgain(elements), { once: true });
}
