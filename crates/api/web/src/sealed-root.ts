// The secret from which check-ins are found again (M9 of the protocol), and how it is sealed for the app to
// keep: under a code that a person writes down, or under what a passkey gives. Everything here happens on the
// ballot origin; the app gets sealed copies and a name.

import { type Bytes, concat, same, utf8 } from "./bytes.ts";
import type { Seed } from "./seed.ts";

const LABEL = "pulse-recovery-v1";
const ROOT_LENGTH = 32;
const NAME_LENGTH = 16;
const NONCE_LENGTH = 12;
/** Length of a sealed copy: what opens it, nonce, ciphertext, tag. Unit: bytes. */
export const SEALED_LENGTH = 1 + NONCE_LENGTH + ROOT_LENGTH + 16;

/** What opens a sealed copy: its first byte. */
export const OPENED_BY = { code: 1, passkey: 2 } as const;
export type Opener = keyof typeof OPENED_BY;

const random = (length: number): Bytes => crypto.getRandomValues(new Uint8Array(length));

export const freshRoot = (): Bytes => random(ROOT_LENGTH);

async function expand(secret: Bytes, info: Bytes, length: number): Promise<Bytes> {
  const key = await crypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveBits"]);
  const rules = { name: "HKDF", hash: "SHA-256", salt: utf8(LABEL), info };
  return new Uint8Array(await crypto.subtle.deriveBits(rules, key, length * 8));
}

/** What the app knows the secret by; it says nothing about it. */
export const nameOf = (root: Bytes): Promise<Bytes> => expand(root, utf8("name"), NAME_LENGTH);

/**
 * The seed of one wave, for the person with this share of it. Without the share, which the app destroys with the
 * wave's key, nothing leads from the secret to the seed.
 */
export async function seedOfWave(root: Bytes, share: Bytes, seq: number, hash: Bytes): Promise<Seed> {
  return { seq, seed: await expand(concat(root, share), concat(utf8("wave\0"), hash), 32) };
}

async function sealing(opener: Opener, secret: Bytes, usage: "encrypt" | "decrypt"): Promise<CryptoKey> {
  return crypto.subtle.importKey("raw", await expand(secret, utf8(opener), 32), "AES-GCM", false, [usage]);
}

const rules = (opener: Opener, nonce: Bytes, name: Bytes): AesGcmParams => ({
  name: "AES-GCM",
  iv: nonce,
  additionalData: concat(utf8(`${LABEL}\0`), new Uint8Array([OPENED_BY[opener]]), name),
});

/** A sealed copy of `root` that opens with `secret`: the characters of a code, or what a passkey gives. */
export async function seal(root: Bytes, opener: Opener, secret: Bytes, nonce = random(NONCE_LENGTH)): Promise<Bytes> {
  const how = rules(opener, nonce, await nameOf(root));
  const sealed = await crypto.subtle.encrypt(how, await sealing(opener, secret, "encrypt"), root);
  return concat(new Uint8Array([OPENED_BY[opener]]), nonce, new Uint8Array(sealed));
}

export const opensWith = (sealed: Bytes, opener: Opener): boolean => sealed[0] === OPENED_BY[opener];

/** What is in the first of these copies that `secret` opens; `undefined` if it opens none for this name. */
export async function open(copies: readonly Bytes[], name: Bytes, opener: Opener, secret: Bytes): Promise<Bytes | undefined> {
  const key = await sealing(opener, secret, "decrypt");
  for (const sealed of copies.filter((it) => it.length === SEALED_LENGTH && opensWith(it, opener))) {
    const how = rules(opener, sealed.slice(1, 1 + NONCE_LENGTH), name);
    const opened = await crypto.subtle.decrypt(how, key, sealed.slice(1 + NONCE_LENGTH)).catch(() => undefined);
    if (opened === undefined) continue;
    const root = new Uint8Array(opened);
    if (same(await nameOf(root), name)) return root;
  }
  return undefined;
}
