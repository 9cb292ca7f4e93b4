// Bundles the browser code: one minified file for each page, its content's hash in its name.
//
//   node build.mjs [--out FOLDER] [--modules FOLDER]
//
// `--modules` names a node_modules folder elsewhere, so that a build need not write into the sources.
// Building the same sources with the same lock file gives the same bytes.
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const here = dirname(fileURLToPath(import.meta.url));

/** The pages' scripts. `check-in` is the survey; `pick-up` and `hand-over` fetch tokens, the one on the app's side and the other on the ballot's; `recovery` opens and seals what finds them again. */
export const entries = ["account", "check-in", "device", "hand-over", "home", "kiosk", "passkey", "pick-up", "recovery", "sign-in", "time-zone"];

/** Most JavaScript that a page may load: people answer on old phones and slow networks. Unit: bytes, gzip. */
export const LIMITS = {
  "account.js": 2_000,
  "check-in.js": 30_000,
  "device.js": 32_000,
  "hand-over.js": 25_000,
  "home.js": 6_000,
  "kiosk.js": 45_000,
  "passkey.js": 2_000,
  "pick-up.js": 3_000,
  "recovery.js": 8_000,
  "sign-in.js": 1_000,
  "time-zone.js": 1_000,
};

/** Name and bytes of each bundle. */
export async function bundle(modules = join(here, "node_modules")) {
  const { build } = createRequire(join(modules, "x.js"))("esbuild");
  const result = await build({
    entryPoints: entries.map((it) => join(here, "src", `${it}.ts`)),
    outdir: here,
    absWorkingDir: here,
    tsconfig: join(here, "tsconfig.json"),
    nodePaths: [modules],
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    platform: "browser",
    target: "es2022",
    charset: "utf8",
    legalComments: "none",
    loader: { ".txt": "text" },
    // @hpke/core asks for Node's module only where there is no Web Crypto.
    external: ["crypto"],
  });
  return result.outputFiles.map((it) => ({ name: it.path.slice(here.length + 1), bytes: it.contents }));
}

/** Prints how much a browser loads, and returns the names of bundles that are too large. */
export function tooLarge(files) {
  return files.filter(({ name, bytes }) => {
    const size = gzipSync(bytes, { level: 9 }).length;
    const limit = LIMITS[name] ?? 0;
    console.log(`${name}: ${size} of ${limit} bytes gzip`);
    return size > limit;
  }).map((it) => it.name);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const option = (name, otherwise) => {
    const at = process.argv.indexOf(name);
    return resolve(at < 0 ? otherwise : process.argv[at + 1]);
  };
  const out = option("--out", join(here, "dist"));
  const files = await bundle(option("--modules", join(here, "node_modules")));
  const large = tooLarge(files);
  if (large.length > 0) throw new Error(`too large for old phones and slow networks: ${large.join(", ")}`);
  mkdirSync(out, { recursive: true });
  for (const old of readdirSync(out)) if (old.endsWith(".js")) rmSync(join(out, old));
  for (const { name, bytes } of files) {
    const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 8);
    writeFileSync(join(out, name.replace(/\.js$/, `.${hash}.js`)), bytes);
  }
}
