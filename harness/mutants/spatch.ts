// Coccinelle's spatch: what a semantic patch makes of a C file.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { hashOf } from "../process/content-hash.ts";
import { cacheDirectory } from "../process/directories.ts";
import { publishFile } from "../process/publish.ts";
import { withTemporaryDirectory } from "../process/temporary.ts";
import { runTool, type ToolResult } from "../process/tool.ts";
import { modeOf } from "./semantic-patch.ts";

/** Milliseconds; a patch that takes longer on a few files has run away. */
const LIMIT = 60_000;
/** How many files are a few. */
const FEW = 16;

const OPTIONS = ["--very-quiet", "--no-includes"];

/** What became of a text: another one, the same one, or no text with spatch's words. */
export type Patched = { readonly text: string } | { readonly error: string };

/**
 * Applies a semantic patch to a text; what has been done before is remembered.
 *
 * @param file the text's path in the kernel's tree: rules may ask for it
 * @throws {HarnessError} when spatch is not installed
 */
export async function spatch(smpl: string, text: string, file: string): Promise<Patched> {
  const key = hashOf(await version(), smpl, text, file, ...modeOf(smpl));
  const kept = cacheDirectory("store", "spatch", key);
  const known = await readFile(kept, "utf8").catch(() => undefined);
  if (known !== undefined) return JSON.parse(known);
  const patched = await runSpatch(smpl, text, file);
  // What failed may have failed for want of time.
  if ("error" in patched) return patched;
  await mkdir(cacheDirectory("store", "spatch"), { recursive: true });
  await publishFile(kept, JSON.stringify(patched));
  return patched;
}

function runSpatch(smpl: string, text: string, file: string): Promise<Patched> {
  return withPatchFile(smpl, async (patch, directory) => {
    const tree = join(directory, "tree");
    const path = join(tree, file);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
    const args = [...OPTIONS, ...modeOf(smpl), "--in-place", "--sp-file", patch, file];
    const result = await runTool("spatch", args, { cwd: tree, timeout: LIMIT });
    if (result.failed) return { error: failureOf(result) };
    return { text: await readFile(path, "utf8") };
  });
}

/**
 * Which of some files a semantic patch changes.
 *
 * @param files paths in the tree
 * @returns those, or spatch's words where it can't read the patch
 */
export function filesChanged(
  smpl: string,
  src: string,
  files: readonly string[],
): Promise<readonly string[] | { readonly error: string }> {
  return withPatchFile(smpl, async (patch, directory) => {
    const groups = join(directory, "groups");
    const args = [...OPTIONS, ...modeOf(smpl), "--sp-file", patch, "--file-groups", groups];
    const found: string[] = [];
    for (let i = 0; i < files.length; i += FEW) {
      await writeFile(groups, files.slice(i, i + FEW).join("\n\n"));
      const result = await runTool("spatch", args, { cwd: src, timeout: LIMIT });
      if (result.failed) return { error: failureOf(result) };
      found.push(...[...result.stdout.matchAll(/^--- (\S+)/gm)].map((match) => match[1] ?? ""));
    }
    return [...new Set(found)].filter((file) => files.includes(file));
  });
}

function withPatchFile<T>(
  smpl: string,
  work: (patch: string, directory: string) => Promise<T>,
): Promise<T> {
  return withTemporaryDirectory(async (directory) => {
    const patch = join(directory, "mutant.cocci");
    await writeFile(patch, smpl);
    return work(patch, directory);
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
