// A token on its way from a phone to the shared tablet. Whoever has the text can answer once, so it is
// shown on a screen for as long as it is scanned, and stored nowhere but on the phone it came from.

import { concat, fromBase64, toBase64 } from "./bytes.ts";
import type { Token } from "./token.ts";

const PREFIX = "pulse-t:1:";

/** What the tablet reads. */
export const bearerText = (seq: number, { cohort, nonce, output }: Token): string =>
  `${PREFIX}${seq}:${cohort}:${toBase64(concat(nonce, output))}`;

/** Wave and token in `text`; throws if it is none. */
export function parseBearer(text: string): { seq: number; token: Token } {
  const [, seq, cohort, secret] = /^pulse-t:1:(\d{1,9}):([a-z0-9-]{1,16}):([\w-]{128})$/.exec(text) ?? [];
  if (seq === undefined || cohort === undefined) throw new Error("not a token");
  const bytes = fromBase64(secret, 96);
  return { seq: Number(seq), token: { cohort, nonce: bytes.slice(0, 32), output: bytes.slice(32) } };
}

/** Whether `text` is meant to be a token. */
export const isBearer = (text: string): boolean => text.startsWith(PREFIX);
