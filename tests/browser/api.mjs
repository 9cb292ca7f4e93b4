// Schemathesis against the running program: every operation of the OpenAPI description, as somebody
// with every role and as nobody. SCHEMATHESIS is its command; `cargo xtask api` installs it and sets it.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { demo, target } from './world.mjs';

// One worker: with two threads, CPython 3.11 now and then loses count of its own recursion (SystemError).
const examples = process.env.EXAMPLES ?? '15';
// A path or method that is not served is not there: 404, the same bytes as what is not for the caller.
// What is right by the schema may still name a lever or day that does not exist.
const without = 'unsupported_method,positive_data_acceptance';

/** A bearer token of the person behind a sign-in link. */
async function token(origin, link) {
  const headers = { origin, 'content-type': 'application/x-www-form-urlencoded' };
  const code = new URL(link).hash.slice(1);
  const signedIn = await fetch(`${origin}/in`, { method: 'POST', redirect: 'manual', headers, body: `code=${code}` });
  const cookie = signedIn.headers.get('set-cookie').split(';')[0];
  const { csrf } = await (await fetch(`${origin}/api/v1/me`, { headers: { cookie } })).json();
  const made = await fetch(`${origin}/api/v1/token`, { method: 'POST', headers: { cookie, origin, 'x-csrf-token': csrf } });
  assert.equal(made.status, 200);
  return (await made.json()).token;
}

const world = await demo();
try {
  const runs = [['nobody', []]];
  for (const role of ['staff', 'manager', 'HR', 'administrator', 'privacy officer']) {
    runs.push([role, ['-H', `Authorization: Bearer ${await token(world.origin, world.links[role])}`]]);
  }
  for (const [who, header] of runs) {
    const { status, stdout, stderr } = spawnSync(process.env.SCHEMATHESIS, [
      'run', `${world.origin}/api/openapi.json`, ...header,
      '--checks', 'all', '--exclude-checks', who === 'nobody' ? without : `${without},ignored_auth`,
      '--max-examples', examples, '--seed', '7', '--workers', '1', '--no-color', '--suppress-health-check', 'all',
      '--phases', 'examples,coverage,fuzzing',
    ], { encoding: 'utf8', cwd: target, maxBuffer: 64 << 20 });
    assert.equal(status, 0, `as ${who}:\n${stdout}${stderr}`);
    console.log(`schemathesis as ${who}: ${stdout.match(/^ *\d+ generated, .*$/m)?.[0].trim()}`);
  }
} finally {
  await world.end();
}
