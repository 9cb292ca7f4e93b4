import assert from "node:assert/strict";
import { test } from "node:test";

import { below, drawForm } from "../src/form.ts";

const BLOCKS = [[[0, 1, 2], [0, 3, 4], [2, 4, 5]], [[6, 7], [8, 9]], [[10]]];

test("a form is one set of each block, in order", () => {
  for (let round = 0; round < 200; round++) {
    const form = drawForm(BLOCKS);
    assert.equal(form.length, 6);
    assert.ok(BLOCKS[0]?.some((it) => it.join() === form.slice(0, 3).join()));
    assert.ok(BLOCKS[1]?.some((it) => it.join() === form.slice(3, 5).join()));
    assert.equal(form[5], 10);
  }
});

test("every set is drawn about as often as the others", () => {
  const rounds = 21_000;
  const seen = new Array<number>(7).fill(0);
  for (let round = 0; round < rounds; round++) {
    const drawn = below(7);
    seen[drawn] = (seen[drawn] ?? 0) + 1;
  }
  // Chi-square with 6 degrees of freedom; above 40 once in about two million runs.
  const expected = rounds / 7;
  const chi = seen.reduce((sum, it) => sum + (it - expected) ** 2 / expected, 0);
  assert.ok(chi < 40, `${seen.join()} gives ${chi}`);
});

test("numbers that would favour small ones are drawn again", (context) => {
  const draws = [2 ** 32 - 1, 2 ** 32 - 4, 12];
  context.mock.method(crypto, "getRandomValues", (into: Uint32Array) => {
    into[0] = draws.shift() ?? 0;
    return into;
  });
  assert.equal(below(7), 5, "2^32 - 4 is the first number above the last multiple of 7");
});
