// harness/ and its packages as one file of JavaScript: Node 20 reads no TypeScript, and five hundred files
// through a loader take a second. Made again when a source has changed, so that it is never out of date.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const top = join(import.meta.dirname, "..");
/** Below node_modules, for the packages that stay apart are looked for from there. */
const cache = join(top, "node_modules/.cache/uffdwp");
/** They read WebAssembly from beside themselves. */
const APART = ["web-tree-sitter", "node-sqlite3-wasm"];
/** What packages of the older kind expect. */
const REQUIRE = `import { createRequire as requireFrom } from "node:module";
const require = requireFrom(import.meta.url);`;
const DAY = 24 * 60 * 60_000;

/** @returns {Promise<string>} the URL of the bundle */
export async function bundle() {
  const directory = join(cache, key());
  if (!existsSync(directory)) await build(directory);
  return pathToFileURL(join(directory, "cli.js")).href;
}

function key() {
  const hash = createHash("sha256").update(process.version);
  const names = readdirSync(join(top, "harness"), { recursive: true }).map(
    (name) => `harness/${name}`,
  );
  for (const name of [
    ...names.filter((name) => /\.[jt]sx?$/.test(name)).sort(),
    "package-lock.json",
  ]) {
    const { size, mtimeMs } = statSync(join(top, name));
    hash.update(`${name} ${size} ${mtimeMs}\n`);
  }
  return hash.digest("hex").slice(0, 20);
}

/** @param {string} directory */
async function build(directory) {
  // Only here: as long as nothing has changed nobody needs it.
  const { buildSync } = await import("esbuild");
  mkdirSync(cache, { recursive: true });
  removeOld();
  const temporary = `${directory}.${process.pid}`;
  buildSync({
    ...{ entryPoints: [join(top, "harness/cli.ts")], outdir: temporary, logLevel: "error" },
    ...{ bundle: true, external: APART, banner: { js: REQUIRE } },
    ...{ platform: "node", format: "esm", target: "node20" },
    ...{ sourcemap: "linked", sourcesContent: false },
  });
  try {
    renameSync(temporary, directory);
  } catch {
    // Somebody else was faster, with the same.
    rmSync(temporary, { recursive: true });
  }
}

/** Those of today may be in use. */
function removeOld() {
  for (const name of readdirSync(cache)) {
    const path = join(cache, name);
    const made = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
    if (Date.now() - made > DAY) rmSync(path, { recursive: true, force: true });
  }
}
