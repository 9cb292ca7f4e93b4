import assert from "node:assert/strict";
import { test } from "node:test";

import golden from "../../../evaluation/golden/golden_self_sort.json";
import { type Drain, type Pull, sort } from "../src/sort.ts";

const cases = golden.all_64_cases as { answers: Pull[]; expected: Drain }[];

test("all 64 answers lean the way the program's own rule says", () => {
  assert.equal(cases.length, 64);
  for (const { answers, expected } of cases) assert.equal(sort(answers), expected, answers.join());
});
