import assert from "node:assert/strict";
import { createHash, createHmac, hkdfSync } from "node:crypto";
import { test } from "node:test";

import { Aes128Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from "@hpke/core";

import { redeemBody, seal } from "../src/ballot.ts";
import { concat, fromBase64, utf8 } from "../src/bytes.ts";
import { tokenInfo } from "../src/manifest.ts";
import type { Token } from "../src/token.ts";
import { COHORT, type World, world } from "./world.ts";

const none = new Array<number>(25).fill(0);
const token = (cohort = COHORT): Token => ({
  cohort,
  nonce: crypto.getRandomValues(new Uint8Array(32)),
  output: crypto.getRandomValues(new Uint8Array(64)),
});

/** What the tally makes of a ballot. */
async function open({ pinned, tally }: World, ballot: Uint8Array, cohort: string): Promise<Uint8Array> {
  const suite = new CipherSuite({ kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes128Gcm() });
  const info = concat(utf8("pulse-ballot-v1\0"), pinned.hash);
  const recipient = await suite.createRecipientContext({ recipientKey: tally, enc: ballot.slice(0, 65), info });
  return new Uint8Array(await recipient.open(ballot.slice(65), utf8(cohort)));
}

test("a ballot has 145 bytes, whatever was answered, and opens to 64", async () => {
  const wave = await world();
  const answers = none.map((_, at) => (at * 2) % 6);
  for (const sheet of [none, none.map(() => 5), answers]) {
    const ballot = await seal(wave.pinned, COHORT, sheet);
    assert.equal(ballot.length, 145);
    const plain = await open(wave, ballot, COHORT);
    assert.equal(plain.length, 64);
    assert.deepEqual([...plain], [1, 25, ...sheet, ...new Array<number>(37).fill(0)]);
  }
});

test("the same answers never give the same ballot", async () => {
  const { pinned } = await world();
  assert.notDeepEqual(await seal(pinned, COHORT, none), await seal(pinned, COHORT, none));
});

test("a ballot opens for its cohort and manifest only", async () => {
  const wave = await world();
  const ballot = await seal(wave.pinned, COHORT, none);
  await assert.rejects(open(wave, ballot, "c-13"));
  await assert.rejects(open({ ...wave, pinned: { ...wave.pinned, hash: new Uint8Array(32) } }, ballot, COHORT));
});

test("answers that do not fit the questionnaire are not sealed", async () => {
  const { pinned } = await world();
  for (const wrong of [none.slice(1), [...none, 0], [6, ...none.slice(1)], [-1, ...none.slice(1)], [0.5, ...none.slice(1)]]) {
    await assert.rejects(seal(pinned, COHORT, wrong), RangeError);
  }
});

test("the request has its fields in order, and one length for all answers", async () => {
  const { pinned } = await world();
  for (const sheet of [none, none.map(() => 5)]) {
    const body = await redeemBody(pinned, token(), await seal(pinned, COHORT, sheet));
    assert.match(body, /^\{"cohort":"c-12","nonce":"[\w-]{43}","ballot":"[\w-]{194}","mac":"[\w-]{43}"\}$/);
    assert.equal(body.length, 325 + COHORT.length);
  }
});

test("the request binds the ballot to the token", async () => {
  const { pinned } = await world();
  const mine = token();
  const ballot = await seal(pinned, COHORT, none);
  const body = JSON.parse(await redeemBody(pinned, mine, ballot)) as Record<string, string>;
  assert.deepEqual(fromBase64(body["nonce"], 32), mine.nonce);
  assert.deepEqual(fromBase64(body["ballot"], 145), ballot);
  const digest = (it: Uint8Array): Buffer => createHash("sha256").update(it).digest();
  const key = Buffer.from(hkdfSync("sha256", mine.output, "pulse-redeem-v1", "mac-key", 32));
  const expected = createHmac("sha256", key)
    .update("pulse-redeem-v1\0")
    .update(digest(tokenInfo(pinned, COHORT)))
    .update(mine.nonce)
    .update(digest(ballot))
    .digest("base64url");
  assert.equal(body["mac"], expected);
});

test("base64url is read in one spelling and one length only", () => {
  assert.deepEqual([...fromBase64("-_8", 2)], [251, 255]);
  for (const wrong of ["-_8=", "+/8", "-_9", "-_", "-_8A", "", " -_8", 5, null]) assert.throws(() => fromBase64(wrong, 2));
});
