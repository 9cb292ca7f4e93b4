// The survey page: finds the open wave, pins what is published about it, and sends the sealed ballot.
//
// All requests but one are made when the page loads. The one after that is the ballot.

import { redeemBody, seal } from "./ballot.ts";
import { type Pinned, Refused, cohort } from "./manifest.ts";
import { Unreachable, listedWaves, pinFrom, redeem } from "./net.ts";
import { element, setting } from "./page.ts";
import { type Held, StorageRefused, Store } from "./store.ts";
import { Survey, show, showError } from "./survey.ts";
import type { Token } from "./token.ts";
import { words } from "./words.ts";

interface Ready {
  store: Store;
  pinned: Pinned;
  token: Token;
}

async function prepare(): Promise<Ready | undefined> {
  const store = await Store.open();
  const { now, waves } = await listedWaves();
  await store.forgetClosed(now);
  const open = waves.filter((it) => it.opens <= now && now < it.closes);
  if (open.length === 0) {
    sayNext(waves.map((it) => it.opens).filter((it) => it > now));
    return undefined;
  }
  let held: Held | undefined;
  for (const { seq } of open) {
    const pinned = await pinFrom([location.origin, setting("appOrigin")], seq);
    const here = await store.held(pinned);
    if (here?.state === "token") return { store, pinned, token: here };
    held ??= here;
  }
  show(held?.state === "sent" ? "sent" : "none");
  return undefined;
}

function sayNext(opens: number[]): void {
  if (opens.length === 0) return show("idle");
  element("opens").textContent = moment(Math.min(...opens));
  show("early");
}

const moment = (at: number): string =>
  new Intl.DateTimeFormat("en-GB", { dateStyle: "full", timeStyle: "short" }).format(at);

/** `2026-11` as "November 2026"; other labels as they are. */
function month(label: string): string {
  const [, year, number] = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(label) ?? [];
  if (year === undefined) return label;
  const first = Date.UTC(Number(year), Number(number) - 1);
  return new Intl.DateTimeFormat("en-GB", { month: "long", year: "numeric", timeZone: "UTC" }).format(first);
}

function invite(ready: Ready): void {
  const { manifest, hash } = ready.pinned;
  const survey = new Survey({
    team: cohort(ready.pinned, ready.token.cohort).label,
    month: month(manifest.wave),
    words: words(hash),
  });
  if (!survey.fits(manifest)) throw new Refused("the page asks something else than the manifest says");
  element("state").hidden = true;
  const start = element("start");
  start.hidden = false;
  start.addEventListener("click", () => survey.start());
  const button = element<HTMLButtonElement>("send");
  // Made once: whatever happens on the way, the same bytes are sent again, and the token counts once.
  let body: string | undefined;
  let sending = false;
  button.addEventListener("click", () => {
    if (sending) return;
    sending = true;
    button.textContent = "Sending…";
    button.setAttribute("aria-disabled", "true");
    void (async () => {
      const again = body !== undefined;
      body ??= await sealed(ready, survey.answers());
      survey.lock();
      await settle(ready, survey, body, again);
      sending = false;
      button.textContent = "Try again";
      button.removeAttribute("aria-disabled");
    })().catch(() => survey.end("rejected"));
  });
}

async function sealed({ pinned, token }: Ready, answers: number[]): Promise<string> {
  return redeemBody(pinned, token, await seal(pinned, token.cohort, answers));
}

async function settle({ store, pinned, token }: Ready, survey: Survey, body: string, again: boolean): Promise<void> {
  const outcome = await redeem(body);
  switch (outcome) {
    case "accepted":
    case "already":
      // If this fails the server still counts the token once, and says so next time.
      await store.markSent(pinned, token.cohort).catch(() => undefined);
      // An earlier try of this page may have arrived though its reply did not.
      return survey.end(outcome === "accepted" || again ? "done" : "sent", "sent");
    case "closed":
      element("closed-at").textContent = moment(pinned.manifest.closes.getTime());
      return survey.end("closed");
    case "invalid":
      return survey.end("rejected");
    case "unclear":
      return showError(
        "Your answers may not have arrived",
        "They are still on this page. Try again when you have signal. They cannot be counted twice.",
      );
  }
}

function excuse(error: unknown): string {
  if (error instanceof StorageRefused) return "storage";
  return error instanceof Unreachable ? "unreachable" : "unsafe";
}

try {
  const ready = await prepare();
  if (ready !== undefined) invite(ready);
} catch (error) {
  show(excuse(error));
}
