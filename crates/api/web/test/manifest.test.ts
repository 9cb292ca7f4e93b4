import assert from "node:assert/strict";
import { test } from "node:test";

import vectors from "../../../../docs/protocol-vectors.json";
import list from "../../../ballot/src/words.txt";
import { same, sha256, utf8 } from "../src/bytes.ts";
import { Refused, cohort, pin, tokenInfo } from "../src/manifest.ts";
import { manifestWords, slowWords, words } from "../src/words.ts";
import { COHORT, world } from "./world.ts";

test("two identical copies are pinned, by the hash of their bytes", async () => {
  const { bytes, pinned } = await world();
  assert.deepEqual(pinned.hash, await sha256(bytes));
  assert.equal(pinned.manifest.wave, "2026-11");
  assert.equal(pinned.manifest.cohorts.length, 3);
});

test("attack 18: one copy, or copies that differ in one byte, are refused", async () => {
  const { bytes } = await world();
  await assert.rejects(pin([bytes], 7), Refused);
  for (const at of [0, bytes.length >> 1, bytes.length - 1]) {
    const other = bytes.slice();
    other[at] = (other[at] ?? 0) ^ 1;
    await assert.rejects(pin([bytes, other], 7), Refused);
  }
  await assert.rejects(pin([bytes, bytes.subarray(0, -1)], 7), Refused);
  await assert.rejects(pin([bytes, bytes, utf8("")], 7), Refused);
});

test("a manifest of another wave, version or suite is refused", async () => {
  const { bytes } = await world();
  await assert.rejects(pin([bytes, bytes], 8), Refused);
  await assert.rejects(world({ v: 2 }), Refused);
  await assert.rejects(world({ token_suite: "RFC9497/POPRF/P256-SHA256" }), Refused);
  await assert.rejects(world({ tally_suite: "none" }), Refused);
  await assert.rejects(world({ token_pk: "AAAA" }), Refused);
  await assert.rejects(world({ opens: "soon" }), Refused);
  const twice = { id: "c-1", label: "Elm", eligible: 20 };
  await assert.rejects(world({ cohorts: [twice, twice] }), Refused);
});

test("attack 19: a cohort that is unknown or points at people is refused", async () => {
  const { pinned } = await world();
  assert.equal(cohort(pinned, COHORT).label, "Elm + Oak");
  for (const id of ["c-99", "tiny", "", "C-12"]) assert.throws(() => cohort(pinned, id), Refused);
  const strict = await world({ min_cell: 15 });
  assert.throws(() => cohort(strict.pinned, COHORT), Refused);
  const lax = await world({ min_cell: 1 });
  assert.throws(() => cohort(lax.pinned, "tiny"), Refused);
});

test("a small organisation is one cohort", async () => {
  const { pinned } = await world({ cohorts: [{ id: "all", label: "Everybody", eligible: 6 }] });
  assert.equal(cohort(pinned, "all").eligible, 6);
});

test("token info names the manifest and the cohort, with its length", async () => {
  const { pinned } = await world();
  const info = tokenInfo(pinned, COHORT);
  assert.equal(info.length, 15 + 32 + 2 + COHORT.length);
  assert.ok(same(info.subarray(0, 15), utf8("pulse-token-v1\0")));
  assert.ok(same(info.subarray(15, 47), pinned.hash));
  assert.deepEqual([...info.subarray(47, 49)], [0, COHORT.length]);
});

test("words stand for ten bits each, from the front", () => {
  const all = list.trim().split("\n");
  assert.equal(new Set(all).size, 1024);
  const hash = new Uint8Array(32);
  assert.deepEqual(words(hash, 5), Array(5).fill(all[0]));
  hash.set([0b1000_0000, 0b0100_0000, 0, 0, 0, 0, 0b0111_1111]);
  assert.deepEqual(words(hash, 5), [all[513], all[0], all[0], all[0], all[1]]);
  assert.deepEqual(words(hash.fill(255), 7), Array(7).fill(all[1023]));
});

test("a manifest says which words it has, and no others are known", async () => {
  const { pinned } = await world();
  assert.equal(pinned.manifest.slowWords, false);
  assert.equal((await manifestWords(pinned)).length, 5);
  const slow = { ...pinned, manifest: { ...pinned.manifest, slowWords: true } };
  assert.deepEqual(await manifestWords(slow), await slowWords(pinned.hash));
  for (const [rule, accepted] of [["scrypt-15-8-1/7", true], ["scrypt-1-8-1/7", false], [7, false]] as const) {
    const raw = JSON.parse(vectors.manifest) as Record<string, unknown>;
    const bytes = utf8(JSON.stringify({ ...raw, words: rule }));
    const pinning = pin([bytes, bytes.slice()], 1);
    if (accepted) assert.equal((await pinning).manifest.slowWords, true);
    else await assert.rejects(pinning, Refused);
  }
});
