// All pictures of the way of the staff on one sheet: a line for each step, an engine beside the other.
// CHROMIUM draws it into target/engines-sheet-WIDTH.png.

import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { shots, target } from '../world.mjs';
import { ENGINES } from './engines.mjs';
import { closeShared, Puppet } from './puppet.mjs';

const folder = join(shots, 'engines');

/** Draws the sheets, if there is anything to draw and a browser that can. */
export async function sheets() {
  if (!process.env.CHROMIUM || !existsSync(folder)) return;
  const names = readdirSync(folder).filter((it) => it.endsWith('.png')).map((it) => it.slice(0, -'.png'.length));
  for (const part of ['localhost-320', 'localhost-390', 'two-host-names-390', '400-percent']) {
    const steps = [...new Set(names.filter((it) => it.includes(`-${part}-`)).map((it) => it.slice(it.indexOf(`-${part}-`) + part.length + 2)))];
    if (steps.length === 0) continue;
    const picture = (engine, step) => {
      const file = join(folder, `${engine}-${part}-${step}.png`);
      return existsSync(file) ? `<img src="data:image/png;base64,${readFileSync(file).toString('base64')}">` : '<i>not reached</i>';
    };
    const figure = (step) => `<figure>${ENGINES.map((engine) => picture(engine, step)).join('')}<figcaption>${step}: ${ENGINES.join(', ')}</figcaption></figure>`;
    const it = await Puppet.open('Chromium', { width: 1900, height: 1000 });
    await it.page.setContent(`<style>body{margin:8px;font:12px sans-serif;display:flex;flex-wrap:wrap;gap:12px}figure{margin:0}img,i{display:inline-block;width:200px;border:1px solid #999;vertical-align:top;margin-right:4px}</style>${steps.map(figure).join('')}`);
    await it.page.screenshot({ path: join(target, `engines-sheet-${part}.png`), fullPage: true });
    await it.close();
  }
  await closeShared();
}
