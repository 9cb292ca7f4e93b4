import assert from "node:assert/strict";
import { test } from "node:test";

import { bearerText, isBearer, parseBearer } from "../src/bearer.ts";
import { same } from "../src/bytes.ts";
import { redeemPath, tokenInfo } from "../src/manifest.ts";
import { type Parcel, expectReply, isExpected, unwrap, wrap } from "../src/parcel.ts";
import { derived, freshSeed, isSeed, parseSeed, seedOf, seedText } from "../src/seed.ts";
import { begin, beginFrom, finish } from "../src/token.ts";
import { COHORT, issue, world } from "./world.ts";

test("two devices with one seed ask for the same token, and both get it", async () => {
  const { pinned, secretKey } = await world();
  const there = parseSeed(seedText(freshSeed(pinned.manifest.seq)));
  const [one, other] = [await beginFrom(there, pinned, COHORT), await beginFrom(there, pinned, COHORT)];
  assert.deepEqual(one, other);
  const { evaluated, proof } = issue(pinned, secretKey, COHORT, one.blinded);
  assert.deepEqual(finish(pinned, one, evaluated, proof), finish(pinned, other, evaluated, proof));
  assert.ok(!same((await beginFrom(there, pinned, "c-13")).nonce, one.nonce), "another cohort, another token");
  assert.ok(!same(begin(pinned, COHORT).nonce, one.nonce), "without a seed it is fresh");
});

test("a seed leads to the waves after it and to none before", async () => {
  const seed = freshSeed(5);
  const later = await seedOf(seed, 7);
  assert.deepEqual(await seedOf((await seedOf(seed, 6)) ?? assert.fail(), 7), later);
  assert.notDeepEqual(later?.seed, seed.seed);
  assert.equal(await seedOf(later ?? assert.fail(), 6), undefined);
});

test("what is derived from a seed is fixed", async () => {
  const { pinned } = await world();
  const seed = { seq: 1, seed: new Uint8Array(32).fill(7) };
  const { nonce, scalar } = await derived(seed, tokenInfo(pinned, COHORT));
  assert.deepEqual([nonce.length, scalar.length], [32, 48]);
});

test("seeds and tokens are read in one spelling only", () => {
  const seed = seedText(freshSeed(3));
  assert.ok(isSeed(seed) && !isBearer(seed));
  for (const wrong of ["", seed.slice(1), `${seed}A`, seed.replace("pulse:1", "pulse:2"), "pulse:1:x:y"]) {
    assert.throws(() => parseSeed(wrong), wrong);
  }
  const token = { cohort: "elm", nonce: new Uint8Array(32).fill(1), output: new Uint8Array(64).fill(2) };
  const text = bearerText(3, token);
  assert.ok(isBearer(text) && !isSeed(text));
  assert.deepEqual(parseBearer(text), { seq: 3, token });
  for (const wrong of ["", `${text}A`, text.slice(0, -1), text.replace("elm", "Elm"), text.replace(":3:", ":x:")]) {
    assert.throws(() => parseBearer(wrong), wrong);
  }
});

test("ballots of several boxes go to the address of their cohort's box", async () => {
  const { pinned } = await world();
  assert.equal(await redeemPath(pinned, COHORT), "/redeem");
  const many = await world({ boxes: 4 });
  // The same numbers as in the server's test of `box_of`.
  assert.deepEqual(
    await Promise.all(["c1", "c2", "c3", "ward-3-4"].map((it) => redeemPath(many.pinned, it))),
    BOXES.map((it) => `/redeem/${it}`),
  );
  await assert.rejects(world({ boxes: 17 }));
});

const BOXES = [2, 3, 3, 1];

test("a parcel is read back, and nothing else is one", () => {
  const parcel = { kind: "pick-up", to: "", reply: "x", waves: [{ seq: 1, cohort: "elm", issued: null, open: true, share: null }], shared: false, recovery: null, without: false } as const;
  assert.deepEqual(unwrap(wrap({ ...parcel, waves: [...parcel.waves] })), parcel);
  for (const wrong of ["", "#", "#x", "#%", '#{"kind":"other","to":"","reply":""}', '#{"kind":"pick-up"}', "#null"]) {
    assert.equal(unwrap(wrong), undefined);
  }
});

test("an answer is taken once, by the tab that asked", () => {
  const kept = new Map<string, string>();
  Object.assign(globalThis, {
    sessionStorage: {
      getItem: (name: string) => kept.get(name) ?? null,
      setItem: (name: string, value: string) => void kept.set(name, value),
      removeItem: (name: string) => void kept.delete(name),
    },
  });
  const outcome = (to: string): Parcel => ({ kind: "outcome", to, reply: "", states: { 1: "ready" } });
  assert.ok(!isExpected(outcome("")), "nobody asked");
  const value = expectReply();
  assert.match(value, /^[\w-]{22}$/);
  assert.ok(isExpected(outcome(value)));
  assert.ok(!isExpected(outcome(value)), "a second time");
  assert.notEqual(expectReply(), value);
  assert.ok(!isExpected(outcome(value)), "an older one");
});
