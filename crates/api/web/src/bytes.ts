// Bytes: joining, comparing, hashing, and base64url without padding.

/** Bytes that the platform's functions take as they are. */
export type Bytes = Uint8Array<ArrayBuffer>;

const encoder = new TextEncoder();

export const utf8 = (text: string): Bytes => encoder.encode(text) as Bytes;

export function concat(...parts: Uint8Array[]): Bytes {
  const all = new Uint8Array(parts.reduce((length, it) => length + it.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** Equality of values that are not secret; takes no care about time. */
export const same = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, at) => byte === b[at]);

export const sha256 = async (bytes: Bytes): Promise<Bytes> =>
  new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));

export const toBase64 = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replace(/=+$/, "");

export const toHex = (bytes: Uint8Array): string =>
  Array.from(bytes, (it) => it.toString(16).padStart(2, "0")).join("");

/** Exactly `length` bytes from base64url; throws at any other text, also at other spellings of the same bytes. */
export function fromBase64(text: unknown, length: number): Bytes {
  if (typeof text === "string" && /^[\w-]*$/.test(text)) {
    const bytes = Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (it) => it.charCodeAt(0));
    if (bytes.length === length && toBase64(bytes) === text) return bytes;
  }
  throw new Error(`not ${length} bytes`);
}
