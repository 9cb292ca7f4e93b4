// What goes from one origin to the other in the fragment of an address: the two messages of M2 and what
// became of them, and sealed copies of M9; so never a nonce, a blinding, a token, or what opens a copy. No server
// sees a fragment.
//
// Anybody can make an address. So a page acts on an answer only if it carries the random value that this
// very tab put into what it asked, and takes each value once.

import type { Keeps } from "./browser.ts";
import { toBase64 } from "./bytes.ts";

/** Why a wave did not get ready. */
export type Failure =
  /** What is published differs between the two origins, or from what this browser saw first, or the proof fails. */
  | "unsafe"
  /** The browser keeps nothing for this page. */
  | "storage"
  /** A server could not be reached. */
  | "unreachable"
  /** Nobody is signed in any more. */
  | "signed-out";

/** How far a wave got in this browser. */
export type State =
  /** Its token, or the note that it was used, is here. */
  | "ready"
  /** Its token was issued to another browser of this person. */
  | "elsewhere"
  /** The same, and the secret with which it would be found again is here: it was picked up without that. */
  | "unmatched"
  /** The app keeps a secret with which it could be found again, and that is not here: it is asked for first. */
  | "locked"
  /** It is not open yet, and this browser may not keep anything for so long: pick up when it is. */
  | "later"
  /** It is over. */
  | "closed"
  /** The issuer did not answer as it should; later it may. */
  | "failed";

export interface Wave {
  seq: number;
  cohort: string;
}

interface Carried {
  /** The value that the receiving tab gave out for this answer; empty in what begins an exchange. */
  to: string;
  /** The value that the answer has to carry; empty if none is expected. */
  reply: string;
}

/** App → ballot: pick these up. */
export interface PickUpParcel extends Carried {
  kind: "pick-up";
  /**
   * `issued` is the blinded element that was evaluated for this person before; `share` what the app adds to find it
   * again (M9).
   */
  waves: (Wave & { issued: string | null; open: boolean; share: string | null })[];
  /** Whether other people use this browser, as the person said. */
  shared: boolean;
  /** The name of the secret with which this person's check-ins are found again, if there is one. */
  recovery: string | null;
  /** Whether to pick up without that secret if it is not here. */
  without: boolean;
}

/** Ballot → app: have these evaluated; the others are in `states`. */
export interface BlindedParcel extends Carried {
  kind: "blinded";
  shared: boolean;
  waves: (Wave & { blinded: string })[];
  states: Record<number, State>;
}

/** App → ballot: what the issuer said. */
export interface IssuedParcel extends Carried {
  kind: "issued";
  shared: boolean;
  waves: (Wave & { blinded: string; evaluated?: string; proof?: string; gone?: boolean; issued?: string | null })[];
  states: Record<number, State>;
}

/** Ballot → app: how it went. */
export interface OutcomeParcel extends Carried {
  kind: "outcome";
  states: Record<number, State>;
  keeps?: Keeps;
  failed?: Failure;
}

/** App → ballot: open one of these copies, or seal another one for a code or a passkey. */
export interface RecoveryParcel extends Carried {
  kind: "recovery";
  purpose: "open" | "code" | "passkey";
  /** The name of the secret that the copies hold; `null` if there is none yet. */
  root: string | null;
  sealed: string[];
}

/** Ballot → app: keep this copy. */
export interface SealedParcel extends Carried {
  kind: "sealed";
  root: string;
  sealed: string;
  /** Whether it may take the place of copies of another secret. */
  anew: boolean;
}

export type Parcel = PickUpParcel | BlindedParcel | IssuedParcel | OutcomeParcel | RecoveryParcel | SealedParcel;

const KINDS = new Set(["pick-up", "blinded", "issued", "outcome", "recovery", "sealed"]);

export const wrap = (parcel: Parcel): string => `#${encodeURIComponent(JSON.stringify(parcel))}`;

/** The parcel in a fragment; `undefined` if there is none. */
export function unwrap(fragment: string): Parcel | undefined {
  try {
    const parcel = JSON.parse(decodeURIComponent(fragment.slice(1))) as Parcel;
    const carried = [parcel.to, parcel.reply].every((it) => typeof it === "string");
    return carried && KINDS.has(parcel.kind) ? parcel : undefined;
  } catch {
    return undefined;
  }
}

/** The parcel this page was opened with; gone from the address bar and the history before it is read. */
export function received(): Parcel | undefined {
  const parcel = unwrap(location.hash);
  if (location.hash !== "") history.replaceState(null, "", location.pathname + location.search);
  return parcel;
}

/** What this tab waits for. */
const EXPECTED = "tideline-expected";

/** A fresh value that the answer to this tab's question has to carry. */
export function expectReply(): string {
  const value = toBase64(crypto.getRandomValues(new Uint8Array(16)));
  sessionStorage.setItem(EXPECTED, value);
  return value;
}

/** Whether this tab waits for `parcel`. From now on it waits for nothing. */
export function isExpected({ to }: Parcel): boolean {
  const value = sessionStorage.getItem(EXPECTED);
  sessionStorage.removeItem(EXPECTED);
  return value !== null && value === to;
}
