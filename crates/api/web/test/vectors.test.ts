// The vectors of docs/protocol-vectors.json, which the server's tests compute as well.

import assert from "node:assert/strict";
import { test } from "node:test";

import { ristretto255, ristretto255_oprf } from "@noble/curves/ed25519.js";

import vectors from "../../../../docs/protocol-vectors.json";
import { redeemBody } from "../src/ballot.ts";
import { type Bytes, toHex, utf8 } from "../src/bytes.ts";
import { pin, redeemPath, tokenInfo } from "../src/manifest.ts";
import { derived, seedOf } from "../src/seed.ts";
import { finish } from "../src/token.ts";
import { words } from "../src/words.ts";

const bytes = (hex: string): Bytes => Uint8Array.from(Buffer.from(hex, "hex"));
const manifest = utf8(vectors.manifest);
const pinned = await pin([manifest, manifest.slice()], 1);

test("the manifest has the hash, the words and the box that the vectors say", async () => {
  assert.equal(toHex(pinned.hash), vectors.manifest_hash);
  assert.equal(words(pinned.hash).join(" "), vectors.five_words);
  assert.equal(toHex(tokenInfo(pinned, vectors.cohort)), vectors.info);
  assert.equal(await redeemPath(pinned, vectors.cohort), `/redeem/${vectors.box}`);
});

test("blinding, proof and token are those of the vectors", () => {
  const blind = bytes(vectors.blind);
  const suite = ristretto255_oprf.poprf(tokenInfo(pinned, vectors.cohort));
  const scalar = (): Bytes => {
    // The library draws 48 bytes and takes them modulo n - 1, plus 1.
    let rest = ristretto255.Point.Fn.fromBytes(blind) - 1n;
    return Uint8Array.from({ length: 48 }, () => {
      const byte = Number(rest & 255n);
      rest >>= 8n;
      return byte;
    });
  };
  const made = suite.blind(bytes(vectors.nonce), pinned.manifest.tokenKey, scalar as never);
  assert.equal(toHex(made.blinded), vectors.blinded);
  const pending = { cohort: vectors.cohort, nonce: bytes(vectors.nonce), blind, blinded: bytes(vectors.blinded) };
  const token = finish(pinned, pending, bytes(vectors.evaluated), bytes(vectors.proof));
  assert.equal(toHex(token.output), vectors.output);
});

test("the request is the one of the vectors", async () => {
  const token = { cohort: vectors.cohort, nonce: bytes(vectors.nonce), output: bytes(vectors.output) };
  assert.equal(await redeemBody(pinned, token, bytes(vectors.ballot)), vectors.request);
});

test("a shared seed leads to the same nonce, scalar and next seed", async () => {
  const seed = { seq: 1, seed: bytes(vectors.seed) };
  const { nonce, scalar } = await derived(seed, tokenInfo(pinned, vectors.cohort));
  assert.equal(toHex(nonce) + toHex(scalar), vectors.seed_nonce_and_scalar);
  assert.equal(toHex((await seedOf(seed, 2))?.seed ?? assert.fail()), vectors.seed_of_next_wave);
});
