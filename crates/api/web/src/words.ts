// The words that stand for a manifest, so that people can compare it by eye or aloud.
//
// Seven words of a slow hash: two manifests with the same ones take years of computing to find. Manifests
// from before that have five, straight from their hash.

import { scryptAsync } from "@noble/hashes/scrypt.js";

import list from "../../../ballot/src/words.txt";

import { type Bytes, utf8 } from "./bytes.ts";
import type { Pinned } from "./manifest.ts";

const BITS = 10;
const LABEL = "pulse-words-v2";
/** N, r, p as docs/protocol.md has them; after each `asyncTick` milliseconds the page gets its turn. */
const COST = { N: 2 ** 15, r: 8, p: 1, dkLen: 32, asyncTick: 8 };

/** The words of the first `count` times ten bits. */
export function words(bytes: Bytes, count: number): string[] {
  const all = list.trim().split(/\s+/);
  if (all.length !== 1 << BITS) throw new Error("the word list is damaged");
  return Array.from({ length: count }, (_, word) => {
    let index = 0;
    for (let bit = word * BITS; bit < (word + 1) * BITS; bit++) {
      index = index * 2 + (((bytes[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1);
    }
    return all[index] ?? "";
  });
}

/** Seven words of a slow hash of `hash`. Takes a moment and 32 MiB; the page goes on meanwhile. */
export async function slowWords(hash: Bytes): Promise<string[]> {
  return words((await scryptAsync(hash, utf8(LABEL), COST)) as Bytes, 7);
}

/** The words of a manifest, the same that the server prints. */
export const manifestWords = async ({ manifest, hash }: Pinned): Promise<string[]> =>
  manifest.slowWords ? slowWords(hash) : words(hash, 5);
