// The chain of manifests: a line for each wave, which only ever grows. A server that replaced an
// announced manifest, or kept one version for some people, would have to change a line that others
// have seen.

import { type Bytes, sha256, toHex } from "./bytes.ts";
import { type Pinned, Refused } from "./manifest.ts";

/** Wave number and hash of its manifest, in hexadecimal. */
export interface Link {
  seq: number;
  hash: string;
}

const NO_PREVIOUS = "0".repeat(64);

/** Reads `/chain.txt`. Throws {@link Refused} unless it is a line for each wave, in order, without a gap. */
export function parseChain(text: string): Link[] {
  const links = text.split("\n").slice(0, -1).map((line) => {
    const [, seq, hash] = /^(\d{1,9}) ([0-9a-f]{64})$/.exec(line) ?? [];
    if (seq === undefined || hash === undefined) throw new Refused("the chain of manifests cannot be read");
    return { seq: Number(seq), hash };
  });
  const gap = links.some((it, at) => at > 0 && it.seq !== (links[at - 1]?.seq ?? 0) + 1);
  if (gap || (text !== "" && !text.endsWith("\n"))) throw new Refused("the chain of manifests has a gap");
  return links;
}

/**
 * Checks that `pinned` is the chain's manifest of its wave, that it names the one before, and that
 * every link this browser has `seen` is still there. Throws {@link Refused} otherwise.
 */
export function follows({ manifest, hash }: Pinned, chain: readonly Link[], seen: readonly Link[]): void {
  const hashes = new Map(chain.map((it) => [it.seq, it.hash]));
  if (hashes.get(manifest.seq) !== toHex(hash)) throw new Refused("the manifest is not the one in the chain");
  const previous = manifest.seq === chain[0]?.seq ? NO_PREVIOUS : hashes.get(manifest.seq - 1);
  if (manifest.previous !== previous) throw new Refused("the manifest does not name the one before it");
  if (seen.some((it) => hashes.get(it.seq) !== it.hash)) {
    throw new Refused("a manifest that this browser has seen was replaced");
  }
}

/** Checks the result file before `pinned` against the hash that its manifest names, if it names one. */
export async function resultMatches({ manifest }: Pinned, result: Bytes): Promise<void> {
  if (manifest.previousResult !== "" && toHex(await sha256(result)) !== manifest.previousResult) {
    throw new Refused("the result file before is not the one the manifest names");
  }
}
