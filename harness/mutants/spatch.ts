// Coccinelle's spatch: what a semantic patch makes of a C file.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { z } from "zod";
import { hashOf } from "../process/content-hash.ts";
import { cacheDirectory } from "../process/directories.ts";
import { publishFile } from "../process/publish.ts";
import { readStored } from "../process/stored-json.ts";
import { withTemporaryDirectory } from "../process/temporary.ts";
import { runTool, type ToolResult } from "../process/tool.ts";
import { modeOf } from "./semantic-patch.ts";

/** Milliseconds; a patch that takes longer on a few files has run away. */
const LIMIT = 60_000;
/** How many files are a few. */
const FEW = 16;

const OPTIONS = ["--very-quiet", "--no-includes", "--include-headers", "--in-place"];

/**
 * For C that spatch can't read otherwise: a `do` with an iterator of the kernel's at its end. A
 * patch that names the iterator itself would no longer fit.
 */
const MACROS = "#define for_each_vma_range(iterator, vma, end) while (vma)\n";

/** What became of a text: another one, the same one, or no text with spatch's words. */
export type Patched = { readonly text: string } | { readonly error: string };

const keptSchema = z.object({ text: z.string() });

/** Paths in the kernel's tree, and their texts. */
type Texts = ReadonlyMap<string, string>;

/**
 * Applies a semantic patch to a text; what has been done before is remembered.
 *
 * @param file the text's path in the kernel's tree: rules may ask for it
 * @throws {HarnessError} when spatch is not installed
 */
export async function spatch(smpl: string, text: string, file: string): Promise<Patched> {
  const macros = smpl.includes("for_each_vma_range") ? "" : MACROS;
  const key = hashOf(await version(), macros, smpl, text, file, ...modeOf(smpl));
  const kept = cacheDirectory("store", "spatch", key);
  const known = await readStored(kept, keptSchema);
  if (known) return known;
  const patched = await runSpatch(smpl, new Map([[file, text]]), macros);
  // What failed may have failed for want of time.
  if ("error" in patched) return patched;
  const result = { text: patched.get(file) ?? text };
  await mkdir(cacheDirectory("store", "spatch"), { recursive: true });
  await publishFile(kept, JSON.stringify(result));
  return result;
}

/**
 * Applies a semantic patch to files of a tree, each by itself.
 *
 * @returns those that it changes, as they are then; or spatch's words where it can't
 */
export async function spatchFiles(
  smpl: string,
  src: string,
  files: readonly string[],
): Promise<Texts | { readonly error: string }> {
  const changed = new Map<string, string>();
  for (let i = 0; i < files.length; i += FEW) {
    const texts = files.slice(i, i + FEW).map(async (file) => {
      return [file, await readFile(join(src, file), "utf8")] as const;
    });
    const originals = new Map(await Promise.all(texts));
    const patched = await runSpatch(smpl, originals, "");
    if ("error" in patched) return patched;
    for (const [file, text] of patched) if (text !== originals.get(file)) changed.set(file, text);
  }
  return changed;
}

/** In a tree of its own: the kernel's has a .cocciconfig that looks for other files than we do. */
function runSpatch(
  smpl: string,
  texts: Texts,
  macros: string,
): Promise<Texts | { readonly error: string }> {
  return withTemporaryDirectory(async (directory) => {
    const [tree, patch, groups, defined] = ["tree", "mutant.cocci", "groups", "macros.h"].map(
      (name) => join(directory, name),
    ) as [string, string, string, string];
    for (const [file, text] of texts) {
      await mkdir(dirname(join(tree, file)), { recursive: true });
      await writeFile(join(tree, file), text);
    }
    await writeFile(patch, smpl);
    await writeFile(groups, [...texts.keys()].join("\n\n"));
    await writeFile(defined, macros);
    const options = [...OPTIONS, ...modeOf(smpl)];
    const args = [...options, "--sp-file", patch, "--file-groups", groups];
    if (macros) args.push("--macro-file", defined);
    const result = await runTool("spatch", args, { cwd: tree, timeout: LIMIT, diesWithUs: true });
    if (result.failed) return { error: failureOf(result) };
    const after = [...texts.keys()].map(async (file) => {
      return [file, await readFile(join(tree, file), "utf8")] as const;
    });
    return new Map(await Promise.all(after));
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
