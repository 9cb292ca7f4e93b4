// What the signed-in app page and the ballot origin's frame say to each other, and nothing else.
//
// The app never learns nonce, blind or token; the frame never learns who is signed in. What the frame
// tells is the same before and after the ballot was sent.

import { type Bytes, fromBase64 } from "./bytes.ts";

/** App → frame: the waves this person may take part in. */
export interface PickUp {
  type: "tideline-pickup";
  waves: { seq: number; cohort: string }[];
}

/** App → frame: the issuer's answer. */
export interface Issued {
  type: "tideline-issued";
  seq: number;
  evaluated: string;
  proof: string;
}

/** App → frame: the issuer refused, with this HTTP status; 0 if it could not be reached. */
export interface IssueRefused {
  type: "tideline-refused";
  seq: number;
  status: number;
}

/** Frame → app: ask the issuer to evaluate this. */
export interface Blinded {
  type: "tideline-blinded";
  seq: number;
  cohort: string;
  blinded: string;
}

/** Frame → app: these waves are ready on this device. */
export interface Ready {
  type: "tideline-ready";
  ready: number[];
}

/** Why a wave did not get ready. */
export type Failure =
  /** What is published differs between the two origins, or from what this browser saw first, or the proof fails. */
  | "unsafe"
  /** This browser holds the token of somebody of another cohort. */
  | "other-person"
  /** The browser keeps nothing for this page. */
  | "storage"
  /** A server could not be reached. */
  | "unreachable"
  /** App and ballot origin are different sites here: what the frame keeps the survey page cannot read. */
  | "apart";

/** Frame → app: this wave did not get ready. */
export interface Failed {
  type: "tideline-failed";
  seq: number;
  reason: Failure;
}

export type ToFrame = PickUp | Issued | IssueRefused;
export type ToApp = Blinded | Ready | Failed;

/** Listens to exactly one window at exactly one origin; everything else is ignored. */
export function listen<T extends { type: string }>(
  origin: string,
  from: () => Window | null,
  hear: (message: T) => void,
): void {
  window.addEventListener("message", (event: MessageEvent<unknown>) => {
    if (event.origin !== origin || event.source === null || event.source !== from()) return;
    const { data } = event;
    if (typeof data === "object" && data !== null && "type" in data) hear(data as T);
  });
}

export const evaluatedOf = (it: Issued): Bytes => fromBase64(it.evaluated, 32);
export const proofOf = (it: Issued): Bytes => fromBase64(it.proof, 64);
