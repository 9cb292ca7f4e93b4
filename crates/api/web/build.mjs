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

const here = dirname(fileURLToPath(import.meta.url));

/** The pages' scripts. `check-in` is the survey; `pickup` the frame that fetches tokens. */
export const entries = ["check-in", "home", "pickup", "sign-in"];

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

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const option = (name, otherwise) => {
    const at = process.argv.indexOf(name);
    return resolve(at < 0 ? otherwise : process.argv[at + 1]);
  };
  const out = option("--out", join(here, "dist"));
  const files = await bundle(option("--modules", join(here, "node_modules")));
  mkdirSync(out, { recursive: true });
  for (const old of readdirSync(out)) if (old.endsWith(".js")) rmSync(join(out, old));
  for (const { name, bytes } of files) {
    const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 8);
    writeFileSync(join(out, name.replace(/\.js$/, `.${hash}.js`)), bytes);
  }
}
