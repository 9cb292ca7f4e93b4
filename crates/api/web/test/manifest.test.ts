import assert from "node:assert/strict";
import { test } from "node:test";

import list from "../../../ballot/src/words.txt";
import { same, sha256, utf8 } from "../src/bytes.ts";
import { Refused, cohort, pin, tokenInfo } from "../src/manifest.ts";
import { words } from "../src/words.ts";
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

test("the five words stand for the first 50 bits, ten each, from the front", () => {
  const all = list.trim().split("\n");
  assert.equal(new Set(all).size, 1024);
  const hash = new Uint8Array(32);
  assert.deepEqual(words(hash), Array(5).fill(all[0]));
  hash.set([0b1000_0000, 0b0100_0000, 0, 0, 0, 0, 0b0111_1111]);
  assert.deepEqual(words(hash), [all[513], all[0], all[0], all[0], all[1]]);
  assert.deepEqual(words(hash.fill(255)), Array(5).fill(all[1023]));
});
