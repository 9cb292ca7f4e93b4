// Picking up a token, wherever the issuer's answer comes from: from a frame's parent, or from a
// redirect. Everything secret happens here, on the ballot origin.

import type { Bytes } from "./bytes.ts";
import { type Pinned, Refused } from "./manifest.ts";
import type { Failure } from "./messages.ts";
import { checkResultBefore, pinFrom } from "./net.ts";
import { seedOf } from "./seed.ts";
import { StorageRefused, Store } from "./store.ts";
import { type Pending, begin, beginFrom, finish } from "./token.ts";

let opened: Promise<Store> | undefined;
export const store = (): Promise<Store> => (opened ??= Store.open());

/** This browser holds the token of somebody of another cohort. */
export class OtherPerson extends Error {}

export function reasonOf(error: unknown): Failure {
  if (error instanceof OtherPerson) return "other-person";
  if (error instanceof StorageRefused) return "storage";
  return error instanceof Refused ? "unsafe" : "unreachable";
}

/** The manifest of wave `seq`, checked against both origins, the chain, and what this browser saw. */
export async function pinned(app: string, seq: number): Promise<Pinned> {
  const kept = await store();
  const { pinned: found, chain } = await pinFrom([location.origin, app], seq, await kept.seen());
  await kept.remember(chain);
  return found;
}

/** What is to be evaluated for wave `seq`; `undefined` if there is nothing to ask any more. */
export async function prepare(
  app: string,
  seq: number,
  cohort: string,
): Promise<{ pinned: Pinned; pending: Pending } | undefined> {
  const wave = await pinned(app, seq);
  const kept = await store();
  let held = await kept.held(wave);
  if (held === undefined) {
    // Once for each wave and browser, and before anything is made that could be tied to a person.
    await checkResultBefore(wave);
    held = await kept.keepPending(wave, await fresh(kept, wave, cohort));
  }
  if (held.cohort !== cohort) throw new OtherPerson();
  return held.state === "pending" ? { pinned: wave, pending: held } : undefined;
}

async function fresh(kept: Store, wave: Pinned, cohort: string): Promise<Pending> {
  const shared = await kept.seed();
  const seed = shared === undefined ? undefined : await seedOf(shared, wave.manifest.seq);
  return seed === undefined ? begin(wave, cohort) : beginFrom(seed, wave, cohort);
}

/** Checks what the issuer returned and keeps the token. */
export async function take(wave: Pinned, pending: Pending, evaluated: () => Bytes, proof: () => Bytes): Promise<void> {
  let answer;
  try {
    answer = { evaluated: evaluated(), proof: proof() };
  } catch (cause) {
    throw new Refused("the issuer's answer is malformed", { cause });
  }
  await (await store()).keepToken(wave, finish(wave, pending, answer.evaluated, answer.proof));
}

/** 409 and 410 are final: this nonce will never become a token. Anything else may pass. */
export async function giveUp(seq: number, pending: Pending, status: number): Promise<void> {
  if (status === 409 || status === 410) await (await store()).forgetPending(seq, pending.nonce);
}
