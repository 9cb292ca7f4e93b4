import assert from "node:assert/strict";
import { test } from "node:test";

import { loadAgain, naming, ownOf } from "../src/own.ts";
import type { Held } from "../src/store.ts";

const record = (element: string, state: "pending" | "token" | "sent" = "sent"): Held =>
  ({ seq: 1, element, hash: new Uint8Array(32), cohort: "elm", closes: 0, state }) as Held;

test("whoever is named gets the own record, and nobody gets another person's", () => {
  const [ann, bob] = [record("a", "token"), record("b")];
  assert.equal(ownOf([ann, bob], ["b"]), bob);
  assert.equal(ownOf([ann, bob], ["x", "a"]), ann, "one of several waves");
  assert.equal(ownOf([ann], ["b"]), undefined, "not the only one, if it is somebody else's");
});

test("without a name the only record is meant, and of several none", () => {
  const [ann, bob] = [record("a", "token"), record("b")];
  assert.equal(ownOf([], []), undefined);
  assert.equal(ownOf([ann], []), ann);
  assert.equal(ownOf([ann, record("c", "pending")], []), ann, "what was never issued does not count");
  assert.equal(ownOf([ann, bob], []), "several");
  assert.equal(ownOf([bob, record("c")], []), "several", "also when all have answered");
});

test("where others use the browser nobody is served without a name", () => {
  const ann = { ...record("a", "token"), shared: true };
  assert.equal(ownOf([ann], []), "several");
  assert.equal(ownOf([ann], ["a"]), ann);
});

test("a record of the first version is found by whoever has no other", () => {
  const [before, bob] = [record("", "token"), record("b")];
  assert.equal(ownOf([before, bob], ["a"]), before);
  assert.equal(ownOf([before, bob], ["b"]), bob);
});

test("an address names what was issued", () => {
  assert.equal(naming([null]), "");
  assert.equal(naming(["a", null, "b"]), "#a.b");
});

test("a page that is loaded again is still whoever's it was", () => {
  const done: string[] = [];
  Object.assign(globalThis, {
    location: { pathname: "/check-in", search: "?lang=en", reload: () => done.push("reload") },
    history: { replaceState: (_state: unknown, _unused: string, address: string) => done.push(address) },
  });
  loadAgain(["a", "b"]);
  loadAgain([]);
  assert.deepEqual(done, ["/check-in?lang=en#a.b", "reload", "/check-in?lang=en", "reload"]);
});
