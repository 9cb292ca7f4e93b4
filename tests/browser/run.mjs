// Runs the browser tests, two files at a time. Three engines on a loaded machine are late or die now and then, so a
// few files that failed are run once more, alone; whatever fails again has failed. Both are told, here and in
// target/browser-failures.txt.

import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { target } from './world.mjs';

/** As many files as may fail and be run again; more is not bad luck. */
const FEW = 4;
/** What takes longest begins first, so that nothing is waited for at the end. */
const FIRST = ['pages.test.mjs', 'engine-webkit.test.mjs', 'votes.test.mjs', 'engine-firefox.test.mjs', 'engine-chromium.test.mjs'];

const here = new URL('.', import.meta.url).pathname;
const told = join(target, 'browser-failures.txt');
mkdirSync(target, { recursive: true });
rmSync(told, { force: true });

/** Runs a file and prints what it said; what failed, as `{file, name, why}`. */
async function run(file) {
  const list = join(target, `${file}.failures.jsonl`);
  const it = spawn(process.execPath, [
    '--test', '--test-force-exit',
    '--test-reporter=spec', '--test-reporter-destination=stdout',
    '--test-reporter=./engines/failures.mjs', `--test-reporter-destination=${list}`,
    file,
  ], { cwd: here, stdio: ['ignore', 'pipe', 'pipe'] });
  const said = [];
  for (const out of [it.stdout, it.stderr]) out.on('data', (part) => said.push(part));
  const status = await new Promise((done) => { it.on('close', done); });
  process.stdout.write(`\n== ${file}\n${Buffer.concat(said)}`);
  const failed = readFileSync(list, 'utf8').split('\n').filter(Boolean).map((line) => ({ ...JSON.parse(line), file }));
  rmSync(list);
  return status === 0 || failed.length > 0 ? failed : [{ file, name: 'the file itself', why: `it ended with ${status}` }];
}

/** Runs files, so many at once; all that failed. */
async function go(files, atOnce) {
  const [left, failed] = [[...files], []];
  const worker = async () => { for (let file; (file = left.shift()) !== undefined;) failed.push(...await run(file)); };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return failed;
}

const lines = (failed) => failed.map(({ file, name, why }) => `- ${file}: ${name}\n    ${why.split('\n').slice(0, 6).join('\n    ')}`).join('\n');

const rest = readdirSync(here).filter((it) => it.endsWith('.test.mjs') && !FIRST.includes(it)).sort();
const failed = await go([...FIRST, ...rest], 2);
const files = [...new Set(failed.map(({ file }) => file))];
if (files.length > 0) {
  const again = files.length <= FEW ? await go(files, 1) : failed;
  const words = again.length > 0
    ? `These browser tests failed${again === failed ? '' : ', twice'}:\n${lines(again)}`
    : `These browser tests passed only when they were run once more, alone:\n${lines(failed)}`;
  writeFileSync(told, `${words}\n`);
  console.log(`\n${words}`);
  process.exitCode = again.length > 0 ? 1 : 0;
}
