// Coccinelle's spatch: what a semantic patch makes of a C file.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { hashOf } from "../process/content-hash.ts";
import { cacheDirectory } from "../process/directories.ts";
import { publishFile } from "../process/publish.ts";
import { withTemporaryDirectory } from "../process/temporary.ts";
import { runTool, type ToolResult } from "../process/tool.ts";

/** Milliseconds; a patch that takes longer on one file has run away. */
const LIMIT = 60_000;

/** What became of a text: another one, the same one, or no text with spatch's words. */
export type Patched = { readonly text: string } | { readonly error: string };

/**
 * Applies a semantic patch to a text; what has been done before is remembered.
 *
 * @param suffix `.c` or `.h`
 * @throws {HarnessError} when spatch is not installed
 */
export async function spatch(smpl: string, text: string, suffix: string): Promise<Patched> {
  const key = hashOf(await version(), smpl, text, suffix);
  const kept = cacheDirectory("store", "spatch", key);
  const known = await readFile(kept, "utf8").catch(() => undefined);
  if (known !== undefined) return JSON.parse(known);
  const patched = await runSpatch(smpl, text, suffix);
  await mkdir(cacheDirectory("store", "spatch"), { recursive: true });
  await publishFile(kept, JSON.stringify(patched));
  return patched;
}

function runSpatch(smpl: string, text: string, suffix: string): Promise<Patched> {
  return withTemporaryDirectory(async (directory) => {
    const patch = join(directory, "mutant.cocci");
    const file = join(directory, `text${suffix}`);
    await writeFile(patch, smpl);
    await writeFile(file, text);
    const args = ["--very-quiet", "--no-includes", "--in-place", "--sp-file", patch, file];
    const result = await runTool("spatch", args, { timeout: LIMIT });
    if (result.failed) return { error: failureOf(result) };
    return { text: await readFile(file, "utf8") };
  });
}

/**
 * Files that a semantic patch changes, below a directory or the one file named.
 *
 * @returns paths in the tree, or spatch's words where it can't read the patch
 */
export async function filesChanged(
  smpl: string,
  src: string,
  place: string,
): Promise<readonly string[] | { readonly error: string }> {
  return withTemporaryDirectory(async (directory) => {
    const patch = join(directory, "mutant.cocci");
    await writeFile(patch, smpl);
    const isFile = /\.[ch]$/.test(place);
    const options = ["--very-quiet", "--no-includes", "--include-headers"];
    const where = isFile ? [place] : ["--use-coccigrep", "--dir", place];
    const args = [...options, "--sp-file", patch, ...where];
    const result = await runTool("spatch", args, { cwd: src, timeout: LIMIT });
    if (result.failed) return { error: failureOf(result) };
    if (isFile) return /^\+\+\+ /m.test(result.stdout) ? [place] : [];
    const found = [...result.stdout.matchAll(/^\+\+\+ b\/(\S+)/gm)].map((m) => m[1] ?? "");
    return [...new Set(found)].map((path) => join(place, path));
  });
}

function failureOf({ exitCode, all, message }: ToolResult): string {
  if (exitCode === undefined) return `no end within ${LIMIT / 1000} s`;
  return wordsOf(all) || message;
}

/** Without the noise of its own files. */
function wordsOf(output: string): string {
  const lines = output
    .split("\n")
    .filter((line) => !/^(init_defs|HANDLING|Note:|warning:)/.test(line));
  const words = lines.join(" ").replaceAll(/File "\S*mutant\.cocci", /g, "");
  return words.replaceAll(/\s+/g, " ").trim().slice(0, 400);
}

let known: Promise<string> | undefined;

function version(): Promise<string> {
  known ??= runTool("spatch", ["--version"]).then(({ stdout }) => stdout);
  return known;
}
