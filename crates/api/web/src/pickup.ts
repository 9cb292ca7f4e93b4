// The frame on the ballot origin, inside the signed-in app page: makes blinded elements, checks what
// the issuer returns, and keeps tokens where only the ballot origin can read them.

import { toBase64 } from "./bytes.ts";
import type { Pinned } from "./manifest.ts";
import { type Issued, type ToApp, type ToFrame, evaluatedOf, listen, proofOf } from "./messages.ts";
import { setting } from "./page.ts";
import type { Pending } from "./token.ts";
import { giveUp, prepare, reasonOf, take } from "./tokens.ts";

const app = setting("appOrigin");
/** Whether the browser gives this frame a storage of its own, which the survey page could not read. */
const apart = setting("apart") === "true";
const ready = new Set<number>();
/** What is under way, by wave. */
const asked = new Map<number, { pinned: Pinned; pending: Pending }>();

const tell = (message: ToApp): void => parent.postMessage(message, app);

listen<ToFrame>(app, () => (parent === window ? null : parent), (message) => {
  switch (message.type) {
    case "tideline-pickup":
      if (apart) return tell({ type: "tideline-failed", seq: message.waves[0]?.seq ?? 0, reason: "apart" });
      for (const { seq, cohort } of message.waves) void attempt(seq, () => pickUp(seq, cohort));
      break;
    case "tideline-issued":
      void attempt(message.seq, () => receive(message));
      break;
    case "tideline-refused": {
      const under = asked.get(message.seq);
      asked.delete(message.seq);
      if (under !== undefined) void attempt(message.seq, () => giveUp(message.seq, under.pending, message.status));
      break;
    }
  }
});

async function attempt(seq: number, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    tell({ type: "tideline-failed", seq, reason: reasonOf(error) });
  }
}

async function pickUp(seq: number, cohort: string): Promise<void> {
  const under = await prepare(app, seq, cohort);
  if (under === undefined) return done(seq);
  asked.set(seq, under);
  tell({ type: "tideline-blinded", seq, cohort, blinded: toBase64(under.pending.blinded) });
}

async function receive(message: Issued): Promise<void> {
  const under = asked.get(message.seq);
  if (under === undefined) return;
  await take(under.pinned, under.pending, () => evaluatedOf(message), () => proofOf(message));
  asked.delete(message.seq);
  done(message.seq);
}

function done(seq: number): void {
  ready.add(seq);
  tell({ type: "tideline-ready", ready: [...ready] });
}
