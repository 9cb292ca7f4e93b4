// The frame on the ballot origin, inside the signed-in app page: makes blinded elements, checks what
// the issuer returns, and keeps tokens where only the ballot origin can read them.

import { toBase64 } from "./bytes.ts";
import { type Pinned, Refused } from "./manifest.ts";
import { type Failure, type Issued, type ToApp, type ToFrame, evaluatedOf, listen, proofOf } from "./messages.ts";
import { pinFrom } from "./net.ts";
import { setting } from "./page.ts";
import { StorageRefused, Store } from "./store.ts";
import { type Pending, begin, finish } from "./token.ts";

const app = setting("appOrigin");
const ready = new Set<number>();
/** What is under way, by wave. */
const asked = new Map<number, { pinned: Pinned; pending: Pending }>();
let opened: Promise<Store> | undefined;
const store = (): Promise<Store> => (opened ??= Store.open());

const tell = (message: ToApp): void => parent.postMessage(message, app);

listen<ToFrame>(app, () => (parent === window ? null : parent), (message) => {
  switch (message.type) {
    case "tideline-pickup":
      for (const { seq, cohort } of message.waves) void attempt(seq, () => pickUp(seq, cohort));
      break;
    case "tideline-issued":
      void attempt(message.seq, () => take(message));
      break;
    case "tideline-refused":
      void attempt(message.seq, () => giveUp(message.seq, message.status));
      break;
  }
});

async function attempt(seq: number, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    tell({ type: "tideline-failed", seq, reason: reasonOf(error) });
  }
}

function reasonOf(error: unknown): Failure {
  if (error instanceof OtherPerson) return "other-person";
  if (error instanceof StorageRefused) return "storage";
  return error instanceof Refused ? "unsafe" : "unreachable";
}

class OtherPerson extends Error {}

async function pickUp(seq: number, cohort: string): Promise<void> {
  const pinned = await pinFrom([location.origin, app], seq);
  let held = await (await store()).held(pinned);
  held ??= await (await store()).keepPending(pinned, begin(pinned, cohort));
  if (held.cohort !== cohort) throw new OtherPerson();
  if (held.state !== "pending") return done(seq);
  asked.set(seq, { pinned, pending: held });
  tell({ type: "tideline-blinded", seq, cohort, blinded: toBase64(held.blinded) });
}

async function take(message: Issued): Promise<void> {
  const under = asked.get(message.seq);
  if (under === undefined) return;
  let answer;
  try {
    answer = { evaluated: evaluatedOf(message), proof: proofOf(message) };
  } catch (cause) {
    throw new Refused("the issuer's answer is malformed", { cause });
  }
  await (await store()).keepToken(under.pinned, finish(under.pinned, under.pending, answer.evaluated, answer.proof));
  asked.delete(message.seq);
  done(message.seq);
}

/** 409 and 410 are final: this nonce will never become a token. Anything else may pass. */
async function giveUp(seq: number, status: number): Promise<void> {
  const under = asked.get(seq);
  asked.delete(seq);
  if (under !== undefined && (status === 409 || status === 410)) {
    await (await store()).forgetPending(seq, under.pending.nonce);
  }
}

function done(seq: number): void {
  ready.add(seq);
  tell({ type: "tideline-ready", ready: [...ready] });
}
