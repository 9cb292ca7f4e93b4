// How picking up went, as the app's pages of this tab know it.

import type { Keeps } from "./browser.ts";
import type { Failure, State } from "./parcel.ts";

export interface Outcome {
  /** Whose: the mark of the session that asked, so that nobody reads what another person's was. */
  of: string;
  states: Record<number, State>;
  failed?: Failure;
  /** How long this browser keeps it. */
  keeps: Keeps;
  /** Waves whose token was picked up just now. */
  fresh: number[];
}

const KEPT = "tideline-picked-up";
/** Under way: where it stays set, the way there or back was not finished. */
const LEFT = "tideline-left";

export function kept(): Outcome | undefined {
  const text = sessionStorage.getItem(KEPT);
  return text === null ? undefined : (JSON.parse(text) as Outcome);
}

export function keep(outcome: Outcome | undefined): void {
  sessionStorage.removeItem(LEFT);
  if (outcome === undefined) sessionStorage.removeItem(KEPT);
  else sessionStorage.setItem(KEPT, JSON.stringify(outcome));
}

/** Notes that this tab leaves for the ballot origin, for the session with this mark. */
export function leave(of: string): void {
  sessionStorage.removeItem(KEPT);
  sessionStorage.setItem(LEFT, of);
}

/** The mark of the session for which this tab left and has not come back. */
export const left = (): string | null => sessionStorage.getItem(LEFT);
