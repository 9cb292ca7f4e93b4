// The few requests to the ballot origin and for manifests: without cookies, referrer or cache, so
// that none can be told to come from a signed-in browser, and none shares a connection with one.

import type { Bytes } from "./bytes.ts";
import { type Link, follows, parseChain, resultMatches } from "./chain.ts";
import { type Pinned, pin } from "./manifest.ts";

const anonymous: RequestInit = {
  credentials: "omit",
  referrerPolicy: "no-referrer",
  cache: "no-store",
  redirect: "error",
};

/** A server could not be reached or did not give what it should; later it may. */
export class Unreachable extends Error {
  override readonly name = "Unreachable";
}

async function get(url: string): Promise<Response> {
  try {
    const response = await fetch(url, anonymous);
    if (response.ok) return response;
  } catch (cause) {
    throw new Unreachable(url, { cause });
  }
  throw new Unreachable(url);
}

const bytes = async (url: string): Promise<Bytes> => new Uint8Array(await (await get(url)).arrayBuffer());

/**
 * The manifest of wave `seq`, as both origins serve it, where it belongs in the chain. `seen` are the
 * links this browser knows; returns those that the chain has now, to be remembered.
 */
export async function pinFrom(
  origins: readonly string[],
  seq: number,
  seen: readonly Link[],
): Promise<{ pinned: Pinned; chain: Link[] }> {
  const [lines, ...copies] = await Promise.all(["/chain.txt", ...origins.map((it) => `${it}/w/${seq}.json`)].map(bytes));
  const pinned = await pin(copies, seq);
  const chain = parseChain(new TextDecoder().decode(lines));
  follows(pinned, chain, seen);
  return { pinned, chain };
}

/** Checks the result file before this wave, if the manifest names one; everybody may read it. */
export async function checkResultBefore(pinned: Pinned): Promise<void> {
  const { seq, previousResult } = pinned.manifest;
  if (previousResult !== "") await resultMatches(pinned, await bytes(`/r/${seq - 1}.json`));
}

/** A wave in the public list. */
export interface Listed {
  seq: number;
  opens: number;
  closes: number;
}

/** The waves that are not over, and the server's time: its clock decides what is open. Times in milliseconds since 1970. */
export async function listedWaves(): Promise<{ now: number; waves: Listed[] }> {
  const response = await get("/waves.json");
  try {
    const list = (await response.json()) as { now: string; waves: { seq: number; opens: string; closes: string }[] };
    const waves = list.waves.map((it) => ({ seq: it.seq, opens: Date.parse(it.opens), closes: Date.parse(it.closes) }));
    return { now: Date.parse(list.now), waves };
  } catch (cause) {
    throw new Unreachable("/waves.json", { cause });
  }
}

/** What became of a ballot. `unclear`: it may or may not have arrived, so the same body must be sent again. */
export type Redeemed = "accepted" | "already" | "invalid" | "closed" | "unclear";

/** The one anonymous request. */
export async function redeem(path: string, body: string): Promise<Redeemed> {
  try {
    const response = await fetch(path, {
      ...anonymous,
      method: "POST",
      headers: { "content-type": "application/json" },
      body,
    });
    switch (response.status) {
      case 200:
        return "accepted";
      case 409:
        return "already";
      case 410:
        return "closed";
      case 400:
        return "invalid";
      case 403:
        return ((await response.json()) as { error: string }).error === "not_open" ? "unclear" : "invalid";
      default:
        return "unclear";
    }
  } catch {
    return "unclear";
  }
}
