// One seed on two devices: both blind the same nonce in the same way, so that the issuer sees one
// request, and whichever device is at hand can answer. Opt-in, because blinding from a seed rests on
// a hash function where fresh blinding rests on nothing.

import { type Bytes, fromBase64, toBase64, utf8 } from "./bytes.ts";

const SALT = "pulse-seed-v1";
const PREFIX = "pulse:1:";

/** What the blinding of each wave is derived from, if two devices share it; good from wave `seq` on. */
export interface Seed {
  seq: number;
  seed: Bytes;
}

async function expand(seed: Bytes, info: Bytes, length: number): Promise<Bytes> {
  const key = await crypto.subtle.importKey("raw", seed, "HKDF", false, ["deriveBits"]);
  const bits = await crypto.subtle.deriveBits({ name: "HKDF", hash: "SHA-256", salt: utf8(SALT), info }, key, length * 8);
  return new Uint8Array(bits);
}

/** A fresh seed for waves from `seq` on. */
export const freshSeed = (seq: number): Seed => ({ seq, seed: crypto.getRandomValues(new Uint8Array(32)) });

/** The seed of wave `seq`. Going back is impossible: a seed does not tell what came before it. */
export async function seedOf(from: Seed, seq: number): Promise<Seed | undefined> {
  if (seq < from.seq) return undefined;
  let { seed } = from;
  for (let at = from.seq; at < seq; at++) seed = await expand(seed, utf8("next"), 32);
  return { seq, seed };
}

/** Nonce and 48 bytes for the blinding scalar of the token with this public input. */
export async function derived({ seed }: Seed, tokenInfo: Bytes): Promise<{ nonce: Bytes; scalar: Bytes }> {
  const bytes = await expand(seed, tokenInfo, 80);
  return { nonce: bytes.slice(0, 32), scalar: bytes.slice(32) };
}

/** What the other device reads. */
export const seedText = ({ seq, seed }: Seed): string => `${PREFIX}${seq}:${toBase64(seed)}`;

/** The seed in `text`; throws if it is none. */
export function parseSeed(text: string): Seed {
  const [, seq, seed] = /^pulse:1:(\d{1,9}):([\w-]{43})$/.exec(text) ?? [];
  if (seq === undefined) throw new Error("not a seed");
  return { seq: Number(seq), seed: fromBase64(seed, 32) };
}

/** Whether `text` is meant to be a seed. */
export const isSeed = (text: string): boolean => text.startsWith(PREFIX);
