// The app's half of picking up tokens: the ballot origin sends the browser here with a blinded element, this
// page has it evaluated, and goes back; in the end it goes home. It carries the sign-in; the other the secrets. Sealed
// copies with which a check-in is found again come this way, too.

import { type Offer, issue, offers } from "./offers.ts";
import { keep, left } from "./outcome.ts";
import { type BlindedParcel, type IssuedParcel, type OutcomeParcel, type State, expectReply, isExpected, received, wrap } from "./parcel.ts";
import { element } from "./page.ts";
import { keepSealed } from "./recoveries.ts";

const FRESH = "tideline-fresh";
const STATES: Record<number, State> = { 409: "elsewhere", 410: "closed" };

async function evaluate({ waves, states, shared, reply }: BlindedParcel): Promise<void> {
  const offered = await offers();
  if (typeof offered === "number") {
    return end({ kind: "outcome", to: "", reply: "", states, failed: offered === 401 ? "signed-out" : "unreachable" });
  }
  const fresh: number[] = [];
  const answered: IssuedParcel["waves"] = [];
  for (const { seq, cohort, blinded } of waves) {
    const offer = offered.waves.find((it) => it.seq === seq && it.cohort === cohort);
    if (offer === undefined) {
      states[seq] = "closed";
      continue;
    }
    const answer = await issue(offer, blinded);
    if (typeof answer !== "number") {
      fresh.push(seq);
      answered.push({ seq, cohort, blinded, ...answer });
      continue;
    }
    states[seq] = STATES[answer] ?? "failed";
    const gone = answer === 409 || answer === 410;
    answered.push({ seq, cohort, blinded, gone, issued: answer === 409 ? await issuedNow(offer) : null });
  }
  sessionStorage.setItem(FRESH, JSON.stringify(fresh));
  const parcel: IssuedParcel = { kind: "issued", to: reply, reply: expectReply(), waves: answered, states, shared };
  location.replace(`${element("ballot").dataset["ballotOrigin"]}/hand-over?lang=${document.documentElement.lang}${wrap(parcel)}`);
}

/** What was evaluated meanwhile, for another tab or device of the same person. */
async function issuedNow({ seq }: Offer): Promise<string | null> {
  const offered = await offers();
  return typeof offered === "number" ? null : (offered.waves.find((it) => it.seq === seq)?.issued ?? null);
}

function end({ states, keeps, failed }: OutcomeParcel): void {
  const of = left();
  const fresh = JSON.parse(sessionStorage.getItem(FRESH) ?? "[]") as number[];
  sessionStorage.removeItem(FRESH);
  if (of !== null) keep({ of, states, fresh, keeps: keeps ?? "unknown", ...(failed === undefined ? {} : { failed }) });
  location.replace("/");
}

/** The part of the account page that says whether what finds a check-in again is kept. */
const toAccount = (kept: boolean): void => location.replace(`/account?recovery=${kept ? "kept" : "failed"}#recovery-heading`);

const parcel = received();
try {
  if (parcel?.kind === "blinded" && isExpected(parcel)) await evaluate(parcel);
  else if (parcel?.kind === "outcome" && isExpected(parcel)) end(parcel);
  else if (parcel?.kind === "sealed") {
    // Somebody may have a note in their hand: it must not end without a word, whoever's parcel it is.
    const mine = isExpected(parcel);
    // The secret is in this browser now: what was found out without it may be otherwise.
    if (mine) keep(undefined);
    toAccount(mine && (await keepSealed(parcel)));
  } else {
    // From an address that somebody made, or to begin anew: nothing is believed, and nothing asked of the issuer.
    if (parcel === undefined) keep(undefined);
    location.replace("/");
  }
} catch {
  location.replace("/");
}
