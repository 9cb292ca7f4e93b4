// Bundles each file of test/, runs them with Node's test runner, and checks what browsers must load.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

import { bundle, tooLarge } from "./build.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const out = mkdtempSync(join(tmpdir(), "tideline-web-"));
let failed = false;
const reporter = process.argv.includes("--tap") ? ["--test-reporter=tap"] : [];
try {
  const tests = readdirSync(join(here, "test")).filter((it) => it.endsWith(".test.ts"));
  await build({
    entryPoints: tests.map((it) => join(here, "test", it)),
    outdir: out,
    outExtension: { ".js": ".mjs" },
    absWorkingDir: here,
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node20",
    sourcemap: "inline",
    loader: { ".txt": "text" },
  });
  const files = tests.map((it) => join(out, it.replace(/\.ts$/, ".mjs")));
  const run = spawnSync(process.execPath, ["--enable-source-maps", "--test", ...reporter, ...files], { stdio: "inherit" });
  failed = run.status !== 0;

  const bundles = await bundle();
  const again = await bundle();
  const large = tooLarge(bundles);
  for (const [at, { name, bytes }] of bundles.entries()) {
    const reproducible = Buffer.compare(bytes, again[at].bytes) === 0;
    const text = new TextDecoder().decode(bytes);
    // With Trusted Types on, any of these would stop the page; without, they would be a hole.
    const markup = /\.(innerHTML|outerHTML)\s*=|insertAdjacentHTML|document\.write|\beval\(|new Function/.exec(text);
    if (large.includes(name)) console.error(`${name} is too large`);
    if (!reproducible) console.error(`${name} is not the same when built twice`);
    if (markup !== null) console.error(`${name} has ${markup[0]}`);
    failed ||= large.includes(name) || !reproducible || markup !== null;
  }
} finally {
  rmSync(out, { recursive: true });
}
process.exitCode = failed ? 1 : 0;
