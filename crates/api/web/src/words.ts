// Five words for the first 50 bits of a manifest's hash, so that people can compare it by eye or aloud.

import list from "../../../ballot/src/words.txt";

import type { Bytes } from "./bytes.ts";

const WORDS = 5;
const BITS = 10;

/** The five words of a hash, the same that the server prints. */
export function words(hash: Bytes): string[] {
  const all = list.trim().split(/\s+/);
  if (all.length !== 1 << BITS) throw new Error("the word list is damaged");
  return Array.from({ length: WORDS }, (_, word) => {
    let index = 0;
    for (let bit = word * BITS; bit < (word + 1) * BITS; bit++) {
      index = index * 2 + (((hash[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1);
    }
    return all[index] ?? "";
  });
}
