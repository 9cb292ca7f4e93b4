// Finding a check-in again: the code, the sealed copies, and what is derived.

import assert from "node:assert/strict";
import { test } from "node:test";

import vectors from "../../../../docs/protocol-vectors.json";
import { type Bytes, fromBase64, same, toBase64, toHex, utf8 } from "../src/bytes.ts";
import { pin } from "../src/manifest.ts";
import { keptApart, makePasskey } from "../src/prf.ts";
import { keepSealed } from "../src/recoveries.ts";
import { NoCode, codeOf, freshCode, groups, readCode, secretOf } from "../src/recovery-code.ts";
import { SEALED_LENGTH, freshRoot, nameOf, open, opensWith, seal, seedOfWave } from "../src/sealed-root.ts";
import { beginFrom, finish } from "../src/token.ts";
import { COHORT, issue, world } from "./world.ts";

const bytes = (hex: string): Bytes => Uint8Array.from(Buffer.from(hex, "hex"));
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** What is wrong with `typed`; `undefined` if it is a code. */
function faultOf(typed: string): string | undefined {
  try {
    readCode(typed);
    return undefined;
  } catch (error) {
    assert.ok(error instanceof NoCode);
    return error.fault;
  }
}

test("code, copies, share and seed are those of the vectors", async () => {
  const code = codeOf(bytes(vectors.recovery_code_bytes));
  assert.equal(groups(code).join(" "), vectors.recovery_code);
  const root = bytes(vectors.recovery_root);
  const name = await nameOf(root);
  assert.equal(toHex(name), vectors.recovery_name);
  for (const [opener, sealed, secret] of [
    ["code", bytes(vectors.recovery_sealed_by_code), secretOf(code)],
    ["passkey", bytes(vectors.recovery_sealed_by_passkey), bytes(vectors.recovery_prf_output)],
  ] as const) {
    assert.equal(toHex(await seal(root, opener, secret, sealed.slice(1, 13))), toHex(sealed));
    assert.deepEqual(await open([sealed], name, opener, secret), root);
  }
  const manifest = utf8(vectors.manifest);
  const pinned = await pin([manifest, manifest.slice()], 1);
  const { seed } = await seedOfWave(root, bytes(vectors.recovery_share), 1, pinned.hash);
  assert.equal(toHex(seed), vectors.recovery_seed);
});

test("a code is read however it is written", () => {
  const code = freshCode();
  assert.equal(groups(code).length, 7);
  const written = groups(code).join(" ");
  for (const typed of [code, written, written.toLowerCase(), groups(code).join("-"), groups(code).join(" – "), ` ${written} \n`]) {
    assert.equal(readCode(typed), code, typed);
  }
  const known = codeOf(bytes(vectors.recovery_code_bytes));
  assert.equal(readCode(known.replaceAll("0", "O").replaceAll("1", "l")), known, "letters that look like digits");
});

test("every wrong character and every two that changed places are noticed", () => {
  for (const code of Array.from({ length: 20 }, freshCode)) {
    for (let at = 0; at < code.length; at++) {
      for (const other of ALPHABET) {
        const typed = code.slice(0, at) + other + code.slice(at + 1);
        assert.equal(faultOf(typed), other === code[at] ? undefined : "mistyped", typed);
      }
      for (let to = at + 1; to < code.length; to++) {
        const typed = [...code];
        [typed[at], typed[to]] = [typed[to] as string, typed[at] as string];
        assert.equal(faultOf(typed.join("")), code[at] === code[to] ? undefined : "mistyped", typed.join(""));
      }
    }
  }
});

test("too short, too long, and with a character that no code has", () => {
  const code = freshCode();
  assert.equal(faultOf(code.slice(1)), "length");
  assert.equal(faultOf(`${code}0`), "length");
  assert.equal(faultOf(""), "length");
  assert.equal(faultOf(`U${code.slice(1)}`), "character");
  assert.equal(faultOf(`${code.slice(0, -1)}é`), "character");
});

test("all characters of a code are drawn, and no code comes twice", () => {
  const codes = Array.from({ length: 400 }, freshCode);
  assert.equal(new Set(codes).size, codes.length);
  for (let at = 0; at < 20; at++) assert.equal(new Set(codes.map((it) => it[at])).size, 32, `place ${at}`);
});

/** A secret with a copy for a code and one for a passkey. */
async function kept() {
  const root = freshRoot();
  const secret = { code: secretOf(freshCode()), passkey: crypto.getRandomValues(new Uint8Array(32)) };
  const copies = [await seal(root, "passkey", secret.passkey), await seal(root, "code", secret.code)];
  return { root, name: await nameOf(root), secret, copies };
}

test("each copy opens with what it was sealed with", async () => {
  const { root, name, secret, copies } = await kept();
  for (const opener of ["code", "passkey"] as const) {
    assert.deepEqual(await open(copies, name, opener, secret[opener]), root);
    assert.equal(copies.filter((it) => opensWith(it, opener)).length, 1);
  }
  for (const sealed of copies) {
    assert.equal(sealed.length, SEALED_LENGTH);
    assert.deepEqual(fromBase64(toBase64(sealed), SEALED_LENGTH), sealed);
    assert.ok(!Buffer.from(sealed).includes(Buffer.from(root)), "the secret does not stand in it");
  }
});

test("attack 150: a wrong code opens nothing, however near it is", async () => {
  const { name, secret, copies } = await kept();
  for (let at = 0; at < 20; at++) {
    const near = secret.code.slice();
    near[at] = (ALPHABET.charCodeAt((ALPHABET.indexOf(String.fromCharCode(near[at] as number)) + 1) % 32));
    assert.equal(await open(copies, name, "code", near), undefined);
  }
  assert.equal(await open(copies, name, "passkey", secret.code), undefined, "a code is no passkey");
  assert.equal(await open(copies, name, "code", secret.passkey), undefined);
});

test("attack 150: nothing of the code or the secret is in what the app gets", async () => {
  const { root, name, secret, copies } = await kept();
  const all = Buffer.concat([name, ...copies]);
  for (const hidden of [root, secret.code, secret.passkey]) {
    for (let at = 0; at + 4 <= hidden.length; at++) assert.ok(!all.includes(Buffer.from(hidden.slice(at, at + 4))));
  }
});

test("a copy of which any bit is changed opens with nothing", async () => {
  const { name, secret, copies } = await kept();
  const sealed = copies[1] ?? assert.fail();
  for (let bit = 0; bit < sealed.length * 8; bit++) {
    const changed = sealed.slice();
    changed[bit >> 3] = (changed[bit >> 3] as number) ^ (1 << (bit & 7));
    assert.equal(await open([changed], name, "code", secret.code), undefined, `bit ${bit}`);
  }
  assert.equal(await open([sealed.slice(1)], name, "code", secret.code), undefined, "too short");
});

test("attack 152: another person's copy does not open, nor one under another name", async () => {
  const [mine, theirs] = [await kept(), await kept()];
  assert.equal(await open(theirs.copies, theirs.name, "code", mine.secret.code), undefined);
  assert.equal(await open(mine.copies, theirs.name, "code", mine.secret.code), undefined);
  // The app may hand out any copies: the own one is found among them.
  assert.deepEqual(await open([...theirs.copies, ...mine.copies], mine.name, "code", mine.secret.code), mine.root);
});

test("two devices with one secret ask for the same token", async () => {
  const { pinned, secretKey } = await world();
  const [root, share] = [freshRoot(), crypto.getRandomValues(new Uint8Array(32))];
  const ask = async (of = root, by = share, hash = pinned.hash) => beginFrom(await seedOfWave(of, by, 7, hash), pinned, COHORT);
  const [one, other] = [await ask(), await ask()];
  assert.deepEqual(one, other);
  const { evaluated, proof } = issue(pinned, secretKey, COHORT, one.blinded);
  assert.deepEqual(finish(pinned, one, evaluated, proof), finish(pinned, other, evaluated, proof));
});

test("attack 153: with the share of another person or wave, or none, another element comes out", async () => {
  const { pinned } = await world();
  const [root, share] = [freshRoot(), crypto.getRandomValues(new Uint8Array(32))];
  const element = async (of: Bytes, by: Bytes, hash = pinned.hash) => (await beginFrom(await seedOfWave(of, by, 7, hash), pinned, COHORT)).blinded;
  const right = await element(root, share);
  for (let bit = 0; bit < 256; bit += 5) {
    const wrong = share.slice();
    wrong[bit >> 3] = (wrong[bit >> 3] as number) ^ (1 << (bit & 7));
    assert.ok(!same(await element(root, wrong), right));
  }
  assert.ok(!same(await element(root, new Uint8Array(32)), right));
  assert.ok(!same(await element(root, new Uint8Array(0)), right));
  assert.ok(!same(await element(freshRoot(), share), right), "nor with another secret");
  assert.ok(!same(await element(root, share, new Uint8Array(32)), right), "nor for another manifest");
});

test("attack 151: a passkey is made only where pages of the app cannot use it", () => {
  const apart: [string, string, boolean][] = [
    ["ballot.pulse.example", "app.pulse.example", true],
    ["pulse.example", "app.pulse.example", false],
    ["localhost", "localhost", false],
    ["ballot.example", "xballot.example", true],
    ["ballot.pulse.example", "pulse.example", true],
  ];
  for (const [ballot, app, expected] of apart) assert.equal(keptApart(ballot, app), expected, `${ballot} ${app}`);
});

/** Puts something in the place of what browsers have, for `work`. */
async function instead(globals: Record<string, unknown>, work: () => Promise<void>): Promise<void> {
  const before = Object.keys(globals).map((name) => [name, Object.getOwnPropertyDescriptor(globalThis, name)] as const);
  for (const [name, value] of Object.entries(globals)) Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  try {
    await work();
  } finally {
    for (const [name, was] of before) {
      if (was === undefined) Reflect.deleteProperty(globalThis, name);
      else Object.defineProperty(globalThis, name, was);
    }
  }
}

test("a passkey that gives nothing when it is made is asked itself, and no other", async () => {
  const rawId = Uint8Array.from([1, 2, 3]).buffer;
  const output = new Uint8Array(32).fill(7);
  const asked: (PublicKeyCredentialDescriptor[] | undefined)[] = [];
  const credentials = {
    create: async () => ({ rawId, getClientExtensionResults: () => ({ prf: { enabled: true } }) }),
    get: async ({ publicKey }: CredentialRequestOptions) => {
      asked.push(publicKey?.allowCredentials);
      return { getClientExtensionResults: () => ({ prf: { results: { first: output.buffer } } }) };
    },
  };
  await instead({ navigator: { credentials }, location: { hostname: "ballot.example.org" } }, async () => {
    assert.deepEqual(await makePasskey("My check-in"), output);
  });
  assert.deepEqual(asked, [[{ type: "public-key", id: rawId }]]);
});

test("a copy whose answer was lost counts as kept if it is there", async () => {
  const parcel = { kind: "sealed", to: "", reply: "", root: "r", sealed: "s", anew: false } as const;
  const answers = (posted: () => Response, there: string[]) => async (path: string, how?: RequestInit) => {
    if (path === "/api/v1/me") return Response.json({ csrf: "x" });
    return how?.method === "POST" ? posted() : Response.json({ root: "r", sealed: there });
  };
  const lost = (): Response => {
    throw new TypeError("the connection ended");
  };
  const cases: [() => Response, string[], boolean][] = [
    [() => new Response(null, { status: 204 }), [], true],
    [lost, ["other", "s"], true],
    [lost, ["other"], false],
    [() => new Response(null, { status: 502 }), ["s"], true],
    [() => new Response(null, { status: 400 }), [], false],
  ];
  for (const [posted, there, expected] of cases) {
    await instead({ fetch: answers(posted, there) }, async () => assert.equal(await keepSealed(parcel), expected));
  }
});
