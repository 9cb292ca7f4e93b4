// The vectors of docs/protocol-vectors.json, which the server's tests compute as well.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Aes128Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from "@hpke/core";
import { ristretto255, ristretto255_oprf } from "@noble/curves/ed25519.js";

import vectors from "../../../../docs/protocol-vectors.json";
import { redeemBody } from "../src/ballot.ts";
import { type Bytes, concat, toHex, utf8 } from "../src/bytes.ts";
import { pin, redeemPath, tokenInfo } from "../src/manifest.ts";
import { derived, seedOf } from "../src/seed.ts";
import { finish } from "../src/token.ts";
import { manifestWords, slowWords } from "../src/words.ts";

const bytes = (hex: string): Bytes => Uint8Array.from(Buffer.from(hex, "hex"));
const manifest = utf8(vectors.manifest);
const pinned = await pin([manifest, manifest.slice()], 1);

test("the manifest has the hash, the words and the box that the vectors say", async () => {
  assert.equal(toHex(pinned.hash), vectors.manifest_hash);
  assert.equal((await manifestWords(pinned)).join(" "), vectors.five_words);
  assert.equal((await slowWords(pinned.hash)).join(" "), vectors.seven_words);
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

test("a ballot's row and a row of cover differ behind the outer seal alone", async () => {
  const suite = new CipherSuite({ kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes128Gcm() });
  const recipientKey = await suite.kem.deserializePrivateKey(bytes(vectors.tally_key));
  const info = concat(utf8("pulse-spool-v1\0"), pinned.hash);
  const open = async (row: Bytes): Promise<string> => {
    const recipient = await suite.createRecipientContext({ recipientKey, enc: row.slice(0, 65), info });
    return toHex(new Uint8Array(await recipient.open(row.slice(65))));
  };
  const [row, cover] = [bytes(vectors.row), bytes(vectors.cover)];
  assert.deepEqual([row.length, cover.length], [242, 242]);
  const name = toHex(utf8(vectors.cohort)).padEnd(32, "0");
  assert.equal(await open(row), name + vectors.ballot);
  assert.equal(await open(cover), "0".repeat(32) + vectors.cover_nullifier + "0".repeat(226));
});

test("a shared seed leads to the same nonce, scalar and next seed", async () => {
  const seed = { seq: 1, seed: bytes(vectors.seed) };
  const { nonce, scalar } = await derived(seed, tokenInfo(pinned, vectors.cohort));
  assert.equal(toHex(nonce) + toHex(scalar), vectors.seed_nonce_and_scalar);
  assert.equal(toHex((await seedOf(seed, 2))?.seed ?? assert.fail()), vectors.seed_of_next_wave);
});
