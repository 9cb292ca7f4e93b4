// Puts the notes of all test files together: browser × step, and what becomes of a vote in each situation.
// Prints both and writes them to target/browser-engines.md, and the pictures on sheets beside it. Fails if a step was not run or went wrong.

import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { target } from '../world.mjs';
import { ENGINES } from './engines.mjs';
import { sheets } from './sheet.mjs';
import { notesFolder } from './steps.mjs';

const notes = readdirSync(notesFolder).filter((it) => it.endsWith('.json')).flatMap((it) => JSON.parse(readFileSync(join(notesFolder, it), 'utf8')));
const of = (table) => notes.filter((it) => it.table === table);
const distinct = (values) => [...new Set(values)];
const markdown = (rows) => `${rows.map((row, at) => `| ${row.join(' | ')} |${at === 0 ? `\n|${row.map(() => '---|').join('')}` : ''}`).join('\n')}\n`;

function steps() {
  const all = of('steps');
  const columns = distinct(all.map((it) => it.where)).flatMap((where) => ENGINES.map((engine) => ({ engine, where })));
  const cell = (step) => ({ engine, where }) => all.filter((it) => it.step === step && it.engine === engine && it.where === where).map((it) => `${it.width} ${it.how}`).join(', ') || '–';
  return markdown([
    ['step', ...columns.map(({ engine, where }) => `${engine}, ${where}`)],
    ...distinct(all.map((it) => it.step)).map((step) => [step, ...columns.map(cell(step))]),
  ]);
}

function votes() {
  const all = of('votes');
  return markdown([
    ['situation', 'engine', 'what is read', 'the vote'],
    ...all.map((it) => [it.situation, it.engine, it.read.replaceAll('\n', ' / ').replaceAll('|', '/'), it.vote]),
  ]);
}

const parts = [];
if (of('steps').length > 0) parts.push(`## Browser × step (window in points, and how it went)\n\n${steps()}`);
if (of('votes').length > 0) parts.push(`## What becomes of a vote\n\n${votes()}`);
const text = parts.join('\n');
writeFileSync(join(target, 'browser-engines.md'), text);
console.log(text);
await sheets();
const bad = of('steps').filter((it) => it.how !== 'ok');
for (const it of bad) console.log(`${it.engine}, ${it.where}, ${it.width}, ${it.step}: ${it.how}${it.why ? `\n  ${it.why.replaceAll('\n', '\n  ')}` : ''}`);
process.exitCode = bad.length > 0 ? 1 : 0;
