import assert from "node:assert/strict";
import { test } from "node:test";

import { ristretto255, ristretto255_oprf } from "@noble/curves/ed25519.js";

import { type Bytes, concat, utf8 } from "../src/bytes.ts";
import { Refused, tokenInfo } from "../src/manifest.ts";
import { begin, finish } from "../src/token.ts";
import vectors from "./rfc9497-poprf-ristretto255.json";
import { COHORT, issue, world } from "./world.ts";

const bytes = (hex: string): Bytes => Uint8Array.from(Buffer.from(hex, "hex"));
const hex = (it: Uint8Array): string => Buffer.from(it).toString("hex");

/** noble draws 48 bytes and takes them modulo n-1, plus 1: so a wanted scalar goes in less one. */
function fixed(...scalars: string[]): (length?: number) => Bytes {
  return (length = 48) => {
    let rest = ristretto255.Point.Fn.fromBytes(bytes(scalars.shift() ?? "")) - 1n;
    return Uint8Array.from({ length }, () => {
      const byte = Number(rest & 255n);
      rest >>= 8n;
      return byte;
    });
  };
}

test("attack 1: RFC 9497, appendix A.1.3: POPRF over ristretto255", () => {
  assert.equal(vectors.vectors.length, 3);
  for (const it of vectors.vectors) {
    const suite = ristretto255_oprf.poprf(bytes(it.Info));
    const { secretKey, publicKey } = suite.deriveKeyPair(bytes(vectors.seed), bytes(vectors.keyInfo));
    assert.equal(hex(secretKey), vectors.skSm);
    assert.equal(hex(publicKey), vectors.pkSm);
    const inputs = it.Input.split(",").map(bytes);
    const blinds = it.Blind.split(",");
    const blinded = inputs.map((input, at) => suite.blind(input, publicKey, fixed(blinds[at] ?? "") as never));
    assert.equal(blinded.map((b) => hex(b.blinded)).join(), it.BlindedElement);
    const answer = suite.blindEvaluateBatch(secretKey, blinded.map((b) => b.blinded), fixed(it.Proof.r) as never);
    assert.equal(answer.evaluated.map(hex).join(), it.EvaluationElement);
    assert.equal(hex(answer.proof), it.Proof.proof);
    const items = inputs.map((input, at) => {
      const { blind, blinded: element } = blinded[at] ?? assert.fail();
      return { input, blind, blinded: element, evaluated: answer.evaluated[at] ?? assert.fail() };
    });
    const output = suite.finalizeBatch(items, answer.proof, blinded[0]?.tweakedKey ?? assert.fail());
    assert.equal(output.map(hex).join(), it.Output);
  }
});

test("a token is the PRF of its nonce, which only client and server can compute", async () => {
  const { pinned, secretKey } = await world();
  const pending = begin(pinned, COHORT);
  const { evaluated, proof } = issue(pinned, secretKey, COHORT, pending.blinded);
  const token = finish(pinned, pending, evaluated, proof);
  const expected = ristretto255_oprf.poprf(tokenInfo(pinned, COHORT)).evaluate(secretKey, token.nonce);
  assert.equal(hex(token.output), hex(expected));
  assert.deepEqual(Object.keys(token).sort(), ["cohort", "nonce", "output"]);
});

test("the same blinded element gives the same token again, another one does not", async () => {
  const { pinned, secretKey } = await world();
  const pending = begin(pinned, COHORT);
  const tokens = [1, 2].map(() => {
    const { evaluated, proof } = issue(pinned, secretKey, COHORT, pending.blinded);
    return finish(pinned, pending, evaluated, proof);
  });
  assert.deepEqual(tokens[0], tokens[1]);
  assert.notEqual(hex(begin(pinned, COHORT).blinded), hex(pending.blinded));
});

test("attack 19: no token for a cohort that is too small", async () => {
  const { pinned } = await world();
  assert.throws(() => begin(pinned, "tiny"), Refused);
});

test("attack 16: a server that uses another key for one person is refused, with a proof that holds for that key", async () => {
  const { pinned } = await world();
  const evil = await world();
  const pending = begin(pinned, COHORT);
  const { evaluated, proof } = issue(pinned, evil.secretKey, COHORT, pending.blinded);
  assert.throws(() => finish(pinned, pending, evaluated, proof), Refused);
});

test("attack 16: a stored tweaked key of an evil server changes nothing", async () => {
  const { pinned } = await world();
  const evil = await world();
  const info = tokenInfo(pinned, COHORT);
  const { tweakedKey } = ristretto255_oprf.poprf(info).blind(utf8("x"), evil.pinned.manifest.tokenKey);
  const pending = { ...begin(pinned, COHORT), tweakedKey };
  const { evaluated, proof } = issue(pinned, evil.secretKey, COHORT, pending.blinded);
  assert.throws(() => finish(pinned, pending, evaluated, proof), Refused);
});

test("attack 17: a server that evaluates for another cohort or manifest is refused", async () => {
  const { pinned, secretKey } = await world();
  const pending = begin(pinned, COHORT);
  const other = issue(pinned, secretKey, "c-13", pending.blinded);
  assert.throws(() => finish(pinned, pending, other.evaluated, other.proof), Refused);
  const changed = { ...pinned, hash: concat(pinned.hash.subarray(0, 31), Uint8Array.of((pinned.hash[31] ?? 0) ^ 1)) };
  const moved = issue(changed, secretKey, COHORT, pending.blinded);
  assert.throws(() => finish(pinned, pending, moved.evaluated, moved.proof), Refused);
});

test("attack 10: every flipped bit of a proof is refused", async () => {
  const { pinned, secretKey } = await world();
  const pending = begin(pinned, COHORT);
  const { evaluated, proof } = issue(pinned, secretKey, COHORT, pending.blinded);
  finish(pinned, pending, evaluated, proof);
  for (let bit = 0; bit < 512; bit++) {
    const wrong = proof.slice();
    wrong[bit >> 3] = (wrong[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    assert.throws(() => finish(pinned, pending, evaluated, wrong), Refused, `bit ${bit}`);
  }
});

test("attack 11, 12: an evaluated element that is none, the identity, one's own or another person's, and another person's proof, are refused", async () => {
  const { pinned, secretKey } = await world();
  const pending = begin(pinned, COHORT);
  const other = issue(pinned, secretKey, COHORT, begin(pinned, COHORT).blinded);
  const { evaluated, proof } = issue(pinned, secretKey, COHORT, pending.blinded);
  const elements = [new Uint8Array(32), new Uint8Array(32).fill(255), pending.blinded, other.evaluated, evaluated.subarray(1)];
  for (const element of elements) {
    assert.throws(() => finish(pinned, pending, element as Bytes, proof), Refused);
  }
  assert.throws(() => finish(pinned, pending, evaluated, other.proof), Refused);
});
