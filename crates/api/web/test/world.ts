// A wave with its keys and an issuer, for tests. noble plays the server here; the product's own issuer
// is Rust, and the whole-product tests put the two together.

import { ristretto255_oprf } from "@noble/curves/ed25519.js";

import { type Bytes, toBase64, utf8 } from "../src/bytes.ts";
import { type Pinned, pin, tokenInfo } from "../src/manifest.ts";

export const COHORT = "c-12";

export interface World {
  secretKey: Bytes;
  tally: CryptoKeyPair;
  bytes: Bytes;
  pinned: Pinned;
}

/** What a manifest says; `over` replaces fields. */
export async function world(over: Record<string, unknown> = {}): Promise<World> {
  const { secretKey, publicKey } = ristretto255_oprf.poprf(utf8("")).generateKeyPair();
  const tally = (await crypto.subtle.generateKey({ name: "ECDH", namedCurve: "P-256" }, true, [
    "deriveBits",
  ])) as CryptoKeyPair;
  const tallyKey = new Uint8Array(await crypto.subtle.exportKey("raw", tally.publicKey));
  const bytes = utf8(
    JSON.stringify({
      v: 1,
      wave: "2026-11",
      seq: 7,
      pickup_from: "2026-11-16T06:00:00Z",
      opens: "2026-11-23T06:00:00Z",
      closes: "2026-11-30T18:00:00Z",
      token_suite: "RFC9497/POPRF/ristretto255-SHA512",
      token_pk: toBase64(publicKey),
      tally_suite: "RFC9180/DHKEM-P256-HKDF-SHA256/HKDF-SHA256/AES-128-GCM",
      tally_pk: toBase64(tallyKey),
      questionnaire: "00".repeat(32),
      items: 25,
      scale: 5,
      min_cell: 8,
      prev: "00".repeat(32),
      prev_result: "",
      cohorts: [
        { id: COHORT, label: "Elm + Oak", eligible: 14 },
        { id: "c-13", label: "Birch", eligible: 8 },
        { id: "tiny", label: "Somebody", eligible: 7 },
      ],
      ...over,
    }),
  );
  return { secretKey: secretKey as Bytes, tally, bytes, pinned: await pin([bytes, bytes.slice()], 7) };
}

/** What the issuer of `key` returns for `blinded`. */
export function issue(pinned: Pinned, key: Bytes, cohort: string, blinded: Bytes): { evaluated: Bytes; proof: Bytes } {
  const { evaluated, proof } = ristretto255_oprf.poprf(tokenInfo(pinned, cohort)).blindEvaluate(key, blinded);
  return { evaluated: evaluated as Bytes, proof: proof as Bytes };
}
