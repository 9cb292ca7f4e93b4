// The token: an RFC 9497 partially oblivious PRF over ristretto255, verified against the pinned key.
//
// The issuer learns who picks up a token but not which token it is; whoever redeems it proves that
// the issuer made it, for this manifest and this cohort, and nothing else.

import { ristretto255_oprf } from "@noble/curves/ed25519.js";

import type { Bytes } from "./bytes.ts";
import { type Pinned, Refused, tokenInfo } from "./manifest.ts";
import { type Seed, derived } from "./seed.ts";

/** Between asking for a token and getting it. `nonce` and `blind` link a person to a ballot: they never leave the device. */
export interface Pending {
  cohort: string;
  nonce: Bytes;
  blind: Bytes;
  blinded: Bytes;
}

/** A token. `output` never leaves the device either; only a MAC under a key from it does. */
export interface Token {
  cohort: string;
  nonce: Bytes;
  output: Bytes;
}

/** Makes a fresh nonce and blinds it. Throws {@link Refused} if the cohort is not one to be bound to. */
export function begin(pinned: Pinned, cohort: string): Pending {
  const suite = ristretto255_oprf.poprf(tokenInfo(pinned, cohort));
  const nonce = crypto.getRandomValues(new Uint8Array(32));
  const { blind, blinded } = suite.blind(nonce, pinned.manifest.tokenKey);
  return { cohort, nonce, blind: blind as Bytes, blinded: blinded as Bytes };
}

/** The same from a seed: another device with the seed blinds the same nonce in the same way. */
export async function beginFrom(seed: Seed, pinned: Pinned, cohort: string): Promise<Pending> {
  const info = tokenInfo(pinned, cohort);
  const { nonce, scalar } = await derived(seed, info);
  // The library draws 48 bytes for a scalar; here they come from the seed.
  const { blind, blinded } = ristretto255_oprf.poprf(info).blind(nonce, pinned.manifest.tokenKey, () => scalar);
  return { cohort, nonce, blind: blind as Bytes, blinded: blinded as Bytes };
}

/**
 * Unblinds what the issuer returned. Throws {@link Refused} unless its proof shows that it used
 * exactly the pinned key, for exactly this manifest and cohort.
 */
export function finish(pinned: Pinned, pending: Pending, evaluated: Bytes, proof: Bytes): Token {
  const suite = ristretto255_oprf.poprf(tokenInfo(pinned, pending.cohort));
  // `finalize` believes whatever tweaked key it is handed, so it is computed here, from the pinned
  // key, each time: one that was stored or received could be an evil server's.
  const { tweakedKey } = suite.blind(pending.nonce, pinned.manifest.tokenKey);
  const { cohort, nonce, blind, blinded } = pending;
  try {
    const output = suite.finalize(nonce, blind, evaluated, blinded, proof, tweakedKey) as Bytes;
    return { cohort, nonce, output };
  } catch (cause) {
    throw new Refused("the issuer's proof does not hold", { cause });
  }
}
