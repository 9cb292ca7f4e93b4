// From a token to a sealed ballot in the box: the questions, the check, and the one request.

import { redeemBody, seal } from "./ballot.ts";
import { type Pinned, Refused, cohort, redeemPath } from "./manifest.ts";
import { redeem } from "./net.ts";
import { element, locale, text } from "./page.ts";
import { Survey, showError } from "./survey.ts";
import type { Token } from "./token.ts";
import { manifestWords } from "./words.ts";

/** A token, the wave it is for, and what to do once the server has the ballot. */
export interface Ready {
  pinned: Pinned;
  token: Token;
  /** Deletes the token. If this fails the server still counts it once, and says so next time. */
  sent: () => Promise<void>;
}

export const moment = (at: number): string =>
  new Intl.DateTimeFormat(locale(), { dateStyle: "full", timeStyle: "short" }).format(at);

/** `2026-11` as “November 2026”; other labels as they are. */
function month(label: string): string {
  const [, year, number] = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(label) ?? [];
  if (year === undefined) return label;
  const first = Date.UTC(Number(year), Number(number) - 1);
  return new Intl.DateTimeFormat(locale(), { month: "long", year: "numeric", timeZone: "UTC" }).format(first);
}

/** Resolves once the page has been drawn as it is now. */
const painted = (): Promise<unknown> =>
  new Promise((done) => requestAnimationFrame(() => setTimeout(done)));

/** Shows the way into the questions. `over` is called when there is nothing more to do, and nothing more to read. */
export function invite(ready: Ready, shared = false, over: () => void = () => undefined): Survey {
  const { manifest } = ready.pinned;
  const about = {
    team: cohort(ready.pinned, ready.token.cohort).label,
    month: month(manifest.wave),
    words: painted().then(() => manifestWords(ready.pinned)),
  };
  const survey = new Survey(about, shared);
  if (!survey.fits(manifest)) throw new Refused("the page asks something else than the manifest says");
  element("state").hidden = true;
  const start = element("start");
  start.hidden = false;
  start.addEventListener("click", () => {
    // Another language is another page: it would not know the answers.
    element("languages").hidden = true;
    survey.start();
  });
  const button = element<HTMLButtonElement>("send");
  // Made once: whatever happens on the way, the same bytes are sent again, and the token counts once.
  let body: string | undefined;
  let sending = false;
  button.addEventListener("click", () => {
    if (sending) return;
    sending = true;
    button.textContent = text("booth-sending");
    button.setAttribute("aria-disabled", "true");
    void (async () => {
      const again = body !== undefined;
      survey.lock();
      body ??= await sealed(ready, survey.answers());
      if ((await settle(ready, survey, body, again)) === "counted") over();
      sending = false;
      button.textContent = text("booth-again");
      button.removeAttribute("aria-disabled");
    })().catch(() => survey.end("rejected"));
  });
  return survey;
}

async function sealed({ pinned, token }: Ready, answers: number[]): Promise<string> {
  return redeemBody(pinned, token, await seal(pinned, token.cohort, answers));
}

/** Sends. What is refused says so, and what to do, for as long as it takes to read. */
async function settle({ pinned, token, sent }: Ready, survey: Survey, body: string, again: boolean): Promise<"counted" | "refused" | "unsettled"> {
  if (!navigator.onLine) {
    showError(text("booth-offline"), text("booth-offline-send"));
    return "unsettled";
  }
  const outcome = await redeem(await redeemPath(pinned, token.cohort), body);
  switch (outcome) {
    case "accepted":
    case "already":
      await sent().catch(() => undefined);
      // An earlier try of this page may have arrived though its reply did not.
      element("results-when").textContent = text("booth-results-when", { moment: moment(pinned.manifest.closes.getTime()) });
      survey.end(outcome === "accepted" || again ? "done" : "sent", "sent");
      return "counted";
    case "closed":
      element("closed-at").textContent = text("booth-closed-at", { moment: moment(pinned.manifest.closes.getTime()) });
      survey.end("closed");
      return "refused";
    case "invalid":
      survey.end("rejected");
      return "refused";
    case "unclear":
      showError(text("booth-unclear"), text("booth-unclear-text"));
      return "unsettled";
  }
}
