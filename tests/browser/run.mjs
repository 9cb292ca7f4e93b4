// Runs the browser tests, two files at a time. Three engines on a loaded machine are late or die now and then, so a
// few files that failed are run once more, alone; whatever fails again has failed. Both are told, here and in
// target/browser-failures.txt.

import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { target } from './world.mjs';

/** As many files as may fail and be run again; more is not bad luck. */
const FEW = 4;
/** What takes longest begins first, so that nothing is waited for at the end. */
const FIRST = ['engine-webkit.test.mjs', 'engine-firefox.test.mjs', 'engine-chromium.test.mjs', 'votes.test.mjs', 'pages.test.mjs'];

const here = new URL('.', import.meta.url).pathname;
const told = join(target, 'browser-failures.txt');
mkdirSync(target, { recursive: true });
rmSync(told, { force: true });

/** Runs these files; what failed, as `{file, name, why}`. */
function go(files, atOnce) {
  const list = join(target, 'browser-failures.jsonl');
  const { status } = spawnSync(process.execPath, [
    '--test', '--test-force-exit', `--test-concurrency=${atOnce}`,
    '--test-reporter=spec', '--test-reporter-destination=stdout',
    '--test-reporter=./engines/failures.mjs', `--test-reporter-destination=${list}`,
    ...files,
  ], { stdio: 'inherit', cwd: here });
  const failed = readFileSync(list, 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line));
  rmSync(list);
  if (status !== 0 && failed.length === 0) throw new Error(`the tests ended with ${status}, but none is known to have failed`);
  return failed;
}

const lines = (failed) => failed.map(({ file, name, why }) => `- ${basename(file ?? '?')}: ${name}\n    ${why.split('\n').slice(0, 6).join('\n    ')}`).join('\n');

const all = readdirSync(here).filter((it) => it.endsWith('.test.mjs') && !FIRST.includes(it)).sort();
const failed = go([...FIRST, ...all], 2);
const files = [...new Set(failed.map(({ file }) => file))];
if (files.length > 0) {
  const again = files.length <= FEW && files.every(Boolean) ? go(files, 1) : failed;
  const words = again.length > 0
    ? `These browser tests failed${again === failed ? '' : ', twice'}:\n${lines(again)}`
    : `These browser tests passed only when they were run once more, alone:\n${lines(failed)}`;
  writeFileSync(told, `${words}\n`);
  console.log(`\n${words}`);
  process.exitCode = again.length > 0 ? 1 : 0;
}
