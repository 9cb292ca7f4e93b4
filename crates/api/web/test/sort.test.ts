import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { type Drain, type Pull, sort } from "../src/sort.ts";

const cases = new URL("../../../xtask/golden/golden_self_sort.json", import.meta.url);
const golden: { all_64_cases: { answers: Pull[]; expected: Drain }[] } = JSON.parse(readFileSync(cases, "utf8"));

test("all 64 answers lean the way the program's own rule says", () => {
  assert.equal(golden.all_64_cases.length, 64);
  for (const { answers, expected } of golden.all_64_cases) assert.equal(sort(answers), expected, answers.join());
});
