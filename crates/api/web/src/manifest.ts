// The manifest of a wave: what is published for everybody, and must be the same for everybody.
//
// A server that shows one person another key, cohort or date than the rest could tell that person's
// ballot apart. So nothing is used before two copies, fetched without cookies from both origins,
// agree to the byte; and everything later is bound to the hash of exactly those bytes.

import { type Bytes, concat, fromBase64, same, sha256, utf8 } from "./bytes.ts";

const TOKEN_SUITE = "RFC9497/POPRF/ristretto255-SHA512";
const TALLY_SUITE = "RFC9180/DHKEM-P256-HKDF-SHA256/HKDF-SHA256/AES-128-GCM";

const WORDS = "scrypt-15-8-1/7";

/** Fewest people a token may be bound to; a manifest may ask for more, never for fewer. */
const SMALLEST_COHORT = 8;

export interface Cohort {
  id: string;
  label: string;
  eligible: number;
}

/** The part of the manifest that a browser acts on. */
export interface Manifest {
  wave: string;
  seq: number;
  opens: Date;
  closes: Date;
  tokenKey: Bytes;
  tallyKey: Bytes;
  /** Digest of what is asked, in hexadecimal. */
  questionnaire: string;
  items: number;
  scale: number;
  minCell: number;
  /** Whether its words are those of a slow hash. */
  slowWords: boolean;
  /** Ballot boxes that share the load. */
  boxes: number;
  cohorts: Cohort[];
  /** Hash of the manifest before, in hexadecimal. */
  previous: string;
  /** Hash of the result file before, in hexadecimal; empty if there was none yet. */
  previousResult: string;
}

/** A manifest that both origins agree on, and the SHA-256 of its bytes as served. */
export interface Pinned {
  manifest: Manifest;
  hash: Bytes;
}

/** The published description is not the same for everybody, or not one to act on. Nothing may be sent. */
export class Refused extends Error {
  override readonly name = "Refused";
}

/** Pins the manifest of wave `seq` from at least two copies. */
export async function pin(copies: Bytes[], seq: number): Promise<Pinned> {
  const [first, ...others] = copies;
  if (first === undefined || others.length === 0) throw new Refused("one copy of the manifest proves nothing");
  if (others.some((it) => !same(it, first))) throw new Refused("the copies of the manifest differ");
  const manifest = parse(first);
  if (manifest.seq !== seq) throw new Refused("the manifest is of another wave");
  return { manifest, hash: await sha256(first) };
}

function parse(bytes: Bytes): Manifest {
  try {
    const raw = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)) as Record<string, unknown>;
    if (raw["v"] !== 1 || raw["token_suite"] !== TOKEN_SUITE || raw["tally_suite"] !== TALLY_SUITE) {
      throw new Error("unknown version or suite");
    }
    if ("words" in raw && raw["words"] !== WORDS) throw new Error("unknown words");
    const manifest: Manifest = {
      wave: text(raw["wave"]),
      seq: whole(raw["seq"]),
      opens: date(raw["opens"]),
      closes: date(raw["closes"]),
      tokenKey: fromBase64(raw["token_pk"], 32),
      tallyKey: fromBase64(raw["tally_pk"], 65),
      questionnaire: text(raw["questionnaire"]),
      items: whole(raw["items"]),
      scale: whole(raw["scale"]),
      minCell: whole(raw["min_cell"]),
      slowWords: "words" in raw,
      boxes: "boxes" in raw ? whole(raw["boxes"]) : 1,
      previous: text(raw["prev"]),
      previousResult: text(raw["prev_result"]),
      cohorts: (raw["cohorts"] as Record<string, unknown>[]).map((it) => ({
        id: text(it["id"]),
        label: text(it["label"]),
        eligible: whole(it["eligible"]),
      })),
    };
    if (manifest.boxes < 1 || manifest.boxes > 16) throw new Error("no such number of boxes");
    if (new Set(manifest.cohorts.map((it) => it.id)).size !== manifest.cohorts.length) {
      throw new Error("a cohort is named twice");
    }
    return manifest;
  } catch (cause) {
    throw new Refused("the manifest cannot be read", { cause });
  }
}

function text(value: unknown): string {
  if (typeof value === "string") return value;
  throw new Error("not a text");
}

function whole(value: unknown): number {
  if (Number.isSafeInteger(value) && (value as number) >= 0) return value as number;
  throw new Error("not a whole number");
}

function date(value: unknown): Date {
  const parsed = new Date(text(value));
  if (!Number.isNaN(parsed.getTime())) return parsed;
  throw new Error("not a date");
}

/**
 * The cohort named `id`. Throws if it is not part of the published partition, or so small that a
 * token bound to it would point at people. The only cohort may be small: it is the whole organisation.
 */
export function cohort({ manifest }: Pinned, id: string): Cohort {
  const found = manifest.cohorts.find((it) => it.id === id);
  if (found === undefined || !/^[a-z0-9-]{1,16}$/.test(id)) throw new Refused("the cohort is not in the manifest");
  const smallest = Math.max(SMALLEST_COHORT, manifest.minCell);
  if (found.eligible < smallest && manifest.cohorts.length > 1) throw new Refused("the cohort is too small");
  return found;
}

/** Where ballots of this cohort go: several boxes have an address each. */
export async function redeemPath({ manifest: { boxes } }: Pinned, cohortId: string): Promise<string> {
  if (boxes === 1) return "/redeem";
  const hash = await sha256(concat(utf8("pulse-box-v1\0"), utf8(cohortId)));
  return `/redeem/${new DataView(hash.buffer).getUint32(0) % boxes}`;
}

/** What a token is bound to: this manifest, this cohort. Public, and no other pair encodes the same. */
export function tokenInfo(pinned: Pinned, cohortId: string): Bytes {
  const id = utf8(cohort(pinned, cohortId).id);
  return concat(utf8("pulse-token-v1\0"), pinned.hash, Uint8Array.of(id.length >> 8, id.length & 255), id);
}
