// Which engines are here. CHROMIUM and FIREFOX are their programs; `cargo xtask browser` sets both.

import { spawnSync } from 'node:child_process';
import { PYTHON } from './webkit.mjs';

export const ENGINES = ['Chromium', 'Firefox', 'WebKit'];

/** Why this engine cannot be driven here; `undefined` if it can. */
export function availability(engine) {
  if (engine === 'Chromium') return process.env.CHROMIUM ? undefined : 'Chromium is not there';
  if (engine === 'Firefox') return process.env.FIREFOX ? undefined : 'Firefox is not there (package firefox-esr)';
  if (spawnSync('Xvfb', ['-help']).error) return 'Xvfb is not there (package xvfb)';
  const window = spawnSync(PYTHON, ['-c', 'import cairo, gi; gi.require_version("WebKit2", "4.1"); from gi.repository import WebKit2']);
  if (window.status !== 0) return 'Python has no WebKitGTK (packages python3-gi-cairo and gir1.2-webkit2-4.1)';
  return undefined;
}
