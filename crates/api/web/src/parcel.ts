// What goes from one origin to the other in the fragment of an address, where the two are different
// sites and a frame could not keep anything: only what the frame would have said to the page around
// it, so never a nonce, a blinding or a token. No server sees a fragment.

import type { Failure } from "./messages.ts";

/** App → ballot: pick these up. */
export interface PickUpParcel {
  kind: "pick-up";
  waves: { seq: number; cohort: string }[];
}

/** Ballot → app: have these evaluated. */
export interface BlindedParcel {
  kind: "blinded";
  waves: { seq: number; cohort: string; blinded: string }[];
}

/** App → ballot: what the issuer said. A refusal has a status and nothing else. */
export interface IssuedParcel {
  kind: "issued";
  waves: { seq: number; cohort: string; evaluated?: string; proof?: string; status?: number }[];
}

/** Ballot → app: how it went. */
export interface OutcomeParcel {
  kind: "outcome";
  ready: number[];
  failed?: Failure;
  status?: number;
}

export type Parcel = PickUpParcel | BlindedParcel | IssuedParcel | OutcomeParcel;

const KINDS = new Set(["pick-up", "blinded", "issued", "outcome"]);

export const wrap = (parcel: Parcel): string => `#${encodeURIComponent(JSON.stringify(parcel))}`;

/** The parcel in a fragment; `undefined` if there is none. */
export function unwrap(fragment: string): Parcel | undefined {
  try {
    const parcel = JSON.parse(decodeURIComponent(fragment.slice(1))) as Parcel;
    return KINDS.has(parcel.kind) ? parcel : undefined;
  } catch {
    return undefined;
  }
}

/** The parcel this page was opened with; gone from the address bar and the history before it is read. */
export function received(): Parcel | undefined {
  const parcel = unwrap(location.hash);
  if (parcel !== undefined) history.replaceState(null, "", location.pathname);
  return parcel;
}
