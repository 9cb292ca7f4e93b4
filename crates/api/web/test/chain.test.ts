import assert from "node:assert/strict";
import { test } from "node:test";

import { sha256, toHex, utf8 } from "../src/bytes.ts";
import { type Link, follows, parseChain, resultMatches } from "../src/chain.ts";
import { Refused } from "../src/manifest.ts";
import { world } from "./world.ts";

const PREV = "ab".repeat(32);

async function linked(over: Record<string, unknown> = {}): Promise<{ chain: Link[]; pinned: Awaited<ReturnType<typeof world>>["pinned"] }> {
  const { pinned } = await world({ prev: PREV, ...over });
  return { pinned, chain: [{ seq: 6, hash: PREV }, { seq: 7, hash: toHex(pinned.hash) }] };
}

test("the chain is a line for each wave, in order, without a gap", () => {
  assert.deepEqual(parseChain(""), []);
  assert.deepEqual(parseChain(`6 ${PREV}\n7 ${PREV}\n`), [{ seq: 6, hash: PREV }, { seq: 7, hash: PREV }]);
  for (const wrong of [`6 ${PREV}\n8 ${PREV}\n`, `7 ${PREV}\n6 ${PREV}\n`, `6 ${PREV}`, "6 ab\n", `x ${PREV}\n`, `6 ${PREV.toUpperCase()}\n`]) {
    assert.throws(() => parseChain(wrong), Refused, wrong);
  }
});

test("attack 20: a manifest that does not name the one before, or is not in the chain, is refused", async () => {
  const { pinned, chain } = await linked();
  follows(pinned, chain, []);
  follows(pinned, chain, chain);
  const other = { seq: 6, hash: "cd".repeat(32) };
  assert.throws(() => follows(pinned, [other, ...chain.slice(1)], []), Refused, "another one before it");
  assert.throws(() => follows(pinned, chain.slice(0, 1), []), Refused, "not in the chain");
  assert.throws(() => follows(pinned, [{ seq: 7, hash: PREV }], []), Refused, "another one in the chain");
  assert.throws(() => follows(pinned, chain.slice(1), []), Refused, "the first names nothing before it");
  assert.throws(() => follows(pinned, chain, [{ seq: 5, hash: PREV }]), Refused, "what was seen is gone");
  assert.throws(() => follows(pinned, chain, [{ ...other }]), Refused, "what was seen was replaced");
});

test("attack 20: a result file that is not the one the manifest names is refused", async () => {
  const result = utf8("{}");
  const { pinned } = await linked({ prev_result: toHex(await sha256(result)) });
  await resultMatches(pinned, result);
  await assert.rejects(resultMatches(pinned, utf8("{ }")), Refused);
  const none = await linked({ prev_result: "" });
  await resultMatches(none.pinned, utf8("anything"));
});
