// The code that a person writes down: 20 random characters, 100 bits, and one that tells typing faults.

import { type Bytes, utf8 } from "./bytes.ts";

/** Crockford's base 32: no I, L, O or U. */
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const DRAWN = 20;
const GROUP = 3;

/** What is wrong with a text that is no code. */
export type Fault =
  /** Another number of characters; `count` of them. */
  | "length"
  /** A character that no code has. */
  | "character"
  /** Mistyped: one character is another, or two have changed places. */
  | "mistyped";

export class NoCode extends Error {
  override readonly name = "NoCode";

  constructor(
    readonly fault: Fault,
    readonly count: number,
  ) {
    super(fault);
  }
}

/**
 * The last character: each of the others times a power of x of its own, in the field of 32 elements that
 * x⁵ + x² + 1 makes, where the powers up to the 30th differ. So any one wrong character is seen, and any two
 * that have changed places.
 */
function check(drawn: string): string {
  const times = (it: number): number => ((it << 1) ^ (it & 16 ? 0b100101 : 0)) & 31;
  let sum = 0;
  for (const it of drawn) sum = times(sum ^ ALPHABET.indexOf(it));
  return ALPHABET.charAt(sum);
}

/** A code of these random bytes, 20 of them; 256 is a multiple of 32, so all codes are alike. */
export function codeOf(bytes: Bytes): string {
  const drawn = Array.from(bytes, (it) => ALPHABET.charAt(it & 31)).join("");
  return drawn + check(drawn);
}

export const freshCode = (): string => codeOf(crypto.getRandomValues(new Uint8Array(DRAWN)));

/** As it is shown: seven groups of three. */
export const groups = (code: string): string[] => code.match(new RegExp(`.{${GROUP}}`, "g")) ?? [];

/** Capital letters without spaces and dashes, with digits in the place of letters that look like them. */
export const plain = (typed: string): string =>
  typed.toUpperCase().replace(/[\s\p{Pd}._]/gu, "").replaceAll("O", "0").replace(/[IL]/g, "1");

/** The code that somebody typed; throws {@link NoCode} with what is wrong with it. */
export function readCode(typed: string): string {
  const code = plain(typed);
  if ([...code].some((it) => !ALPHABET.includes(it))) throw new NoCode("character", code.length);
  if (code.length !== DRAWN + 1) throw new NoCode("length", code.length);
  if (check(code.slice(0, DRAWN)) !== code.charAt(DRAWN)) throw new NoCode("mistyped", code.length);
  return code;
}

/** What the code seals with: the characters that were drawn. */
export const secretOf = (code: string): Bytes => utf8(code.slice(0, DRAWN));
