// The ballot: answers in a plaintext of fixed size, sealed to the wave's tally key, bound to a token.
//
// Whatever was asked, answered or skipped, a ballot is 145 bytes long and looks random.

import { Aes128Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from "@hpke/core";

import { type Bytes, concat, sha256, toBase64, utf8 } from "./bytes.ts";
import { type Pinned, tokenInfo } from "./manifest.ts";
import type { Token } from "./token.ts";

const PLAINTEXT = 64;
const VERSION = 1;

/** Seals `answers`, one number for each item: 0 where it was not asked or was skipped, else 1 to the scale's size. */
export async function seal(pinned: Pinned, cohort: string, answers: readonly number[]): Promise<Bytes> {
  const { items, scale, tallyKey } = pinned.manifest;
  const fits = answers.length === items && items <= PLAINTEXT - 2;
  if (!fits || answers.some((it) => !Number.isInteger(it) || it < 0 || it > scale)) {
    throw new RangeError("the answers do not fit the questionnaire");
  }
  const plaintext = new Uint8Array(PLAINTEXT);
  plaintext.set([VERSION, items, ...answers]);

  const suite = new CipherSuite({ kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes128Gcm() });
  const sender = await suite.createSenderContext({
    recipientPublicKey: await suite.kem.deserializePublicKey(tallyKey),
    info: concat(utf8("pulse-ballot-v1\0"), pinned.hash),
  });
  const sealed = await sender.seal(plaintext, utf8(cohort));
  plaintext.fill(0);
  return concat(new Uint8Array(sender.enc), new Uint8Array(sealed));
}

/** The body of the one anonymous request. Its fields come in a fixed order; its length depends on the cohort's name only. */
export async function redeemBody(pinned: Pinned, token: Token, ballot: Bytes): Promise<string> {
  const info = await sha256(tokenInfo(pinned, token.cohort));
  const input = await crypto.subtle.importKey("raw", token.output, "HKDF", false, ["deriveKey"]);
  const key = await crypto.subtle.deriveKey(
    { name: "HKDF", hash: "SHA-256", salt: utf8("pulse-redeem-v1"), info: utf8("mac-key") },
    input,
    { name: "HMAC", hash: "SHA-256", length: 256 },
    false,
    ["sign"],
  );
  const bound = concat(utf8("pulse-redeem-v1\0"), info, token.nonce, await sha256(ballot));
  const mac = new Uint8Array(await crypto.subtle.sign("HMAC", key, bound));
  return JSON.stringify({
    cohort: token.cohort,
    nonce: toBase64(token.nonce),
    ballot: toBase64(ballot),
    mac: toBase64(mac),
  });
}
