// Notes how each step went in each engine. Each test file leaves its notes in target/browser-steps; the table
// over all of them is made by table.mjs, which `cargo xtask browser` runs last.

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { target } from '../world.mjs';

export const notesFolder = join(target, 'browser-steps');

export class Notes {
  #rows = [];

  /** `name` is of the file that the notes go to. */
  constructor(name) {
    mkdirSync(notesFolder, { recursive: true });
    this.path = join(notesFolder, `${name}.json`);
    this.save();
  }

  /** Adds a row to a table; every row of it has the same keys. */
  add(table, row) {
    this.#rows.push({ table, ...row });
    this.save();
  }

  save() { writeFileSync(this.path, JSON.stringify(this.#rows, null, 1)); }

  /** Steps of one story, in order: one that fails ends it. `at` is what the rows say about engine, hosts and size. */
  story(at) {
    return async (step, work) => {
      const began = performance.now();
      try {
        await work();
      } catch (error) {
        this.add('steps', { ...at, step, how: 'FAILED', why: error.message });
        throw error;
      }
      this.add('steps', { ...at, step, how: 'ok', ms: Math.round(performance.now() - began) });
    };
  }
}
