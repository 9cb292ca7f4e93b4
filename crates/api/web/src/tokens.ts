// Picking up a token, as far as it is secret: on the ballot origin.

import { type Bytes, fromBase64, toBase64 } from "./bytes.ts";
import { type Pinned, Refused } from "./manifest.ts";
import { checkResultBefore, pinFrom } from "./net.ts";
import type { Failure, PickUpParcel } from "./parcel.ts";
import { seedOfWave } from "./sealed-root.ts";
import { seedOf } from "./seed.ts";
import { type Held, StorageRefused, Store } from "./store.ts";
import { type Pending, begin, beginFrom, finish } from "./token.ts";

let opened: Promise<Store> | undefined;
export const store = (): Promise<Store> => (opened ??= Store.open());

export function reasonOf(error: unknown): Failure {
  if (error instanceof StorageRefused || error instanceof DOMException) return "storage";
  return error instanceof Refused ? "unsafe" : "unreachable";
}

/** The manifest of wave `seq`, checked against both origins, the chain, and what this browser saw. */
export async function pinned(app: string, seq: number): Promise<Pinned> {
  const kept = await store();
  const { pinned: found, chain } = await pinFrom([location.origin, app], seq, await kept.seen());
  await kept.remember(chain);
  return found;
}

/**
 * What this browser has for wave `seq`: the record of the element that was issued to this person, or a fresh
 * one to be evaluated if none was. `elsewhere` or `unmatched` if one was issued that is not here; `locked` if it
 * could not be found again, because the secret that is for this is not here.
 */
export async function prepare(
  app: string,
  { seq, cohort, issued, share }: PickUpParcel["waves"][number],
  { shared, recovery, without }: Pick<PickUpParcel, "shared" | "recovery" | "without">,
): Promise<Held | "elsewhere" | "unmatched" | "locked"> {
  const wave = await pinned(app, seq);
  const kept = await store();
  // Only of whoever the app says it is, and never where others use the browser.
  const root = shared || recovery == null ? undefined : await kept.root(recovery);
  const fromRoot = async (): Promise<Pending | undefined> =>
    root === undefined || share == null ? undefined : beginFrom(await seedOfWave(root, fromBase64(share, 32), seq, wave.hash), wave, cohort);
  if (issued !== null) {
    const here = (await kept.records(wave)).find((it) => isOf(it, issued, cohort));
    if (here !== undefined) return here;
    // Another device with the same secret may have asked.
    for (const again of [await fromRoot(), await fromSeed(kept, wave, cohort)]) {
      if (again !== undefined && toBase64(again.blinded) === issued) return await kept.keepPending(wave, again, shared);
    }
    return root === undefined ? "elsewhere" : "unmatched";
  }
  if (recovery != null && root === undefined && !shared && !without) return "locked";
  // Once for each wave and browser, and before anything is made that could be tied to a person.
  await checkResultBefore(wave);
  const pending = (await fromRoot()) ?? (await fromSeed(kept, wave, cohort)) ?? begin(wave, cohort);
  return await kept.keepPending(wave, pending, shared);
}

/** Records of an older version do not know their element: then the cohort has to do. */
const isOf = (it: Held, issued: string, cohort: string): boolean =>
  it.element === issued || (it.element === "" && it.cohort === cohort);

async function fromSeed(kept: Store, wave: Pinned, cohort: string): Promise<Pending | undefined> {
  const root = await kept.seed();
  const seed = root === undefined ? undefined : await seedOf(root, wave.manifest.seq);
  return seed === undefined ? undefined : await beginFrom(seed, wave, cohort);
}

/** Whether this browser has a record of `element`. */
export async function holds(app: string, seq: number, element: string): Promise<boolean> {
  return (await (await store()).records(await pinned(app, seq))).some((it) => it.element === element);
}

/** Checks what the issuer returned for `element` and keeps the token. */
export async function take(app: string, seq: number, element: string, evaluated: () => Bytes, proof: () => Bytes): Promise<void> {
  const wave = await pinned(app, seq);
  const kept = await store();
  const pending = (await kept.records(wave)).find((it) => it.element === element);
  // Taken already, by another tab.
  if (pending?.state !== "pending") return;
  let answer;
  try {
    answer = { evaluated: evaluated(), proof: proof() };
  } catch (cause) {
    throw new Refused("the issuer's answer is malformed", { cause });
  }
  await kept.keepToken(wave, pending.element, finish(wave, pending, answer.evaluated, answer.proof));
}

/** This element will never become a token. */
export async function giveUp(seq: number, element: string): Promise<void> {
  await (await store()).forgetPending(seq, element);
}
