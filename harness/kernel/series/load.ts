// Every form of a series, read into patches.

import { existsSync } from "node:fs";
import { readdir, readFile, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { HarnessError, UsageError } from "../../errors.ts";
import { printable } from "../../process/printable.ts";
import { withTemporaryDirectory } from "../../process/temporary.ts";
import { runTool } from "../../process/tool.ts";
import { writeRange } from "./format-patch.ts";
import type { Patch } from "./patch.ts";
import { parseRange, resolveRange } from "./range.ts";

/**
 * Loads one series: an mbox, a quilt directory, a directory of patches, a git range of the
 * repository (`BASE..TIP`), or a message id that b4 fetches.
 *
 * @param repository the user's git repository, where the kernel comes from one
 * @throws {UsageError} when it is none of these or holds no patch
 */
export async function loadSeries(series: string, repository: string | undefined): Promise<Patch[]> {
  const patches = await loadAny(series, repository);
  if (patches.length === 0) throw new UsageError(`--series ${series}: it holds no patch.`);
  return patches;
}

async function loadAny(series: string, repository: string | undefined): Promise<Patch[]> {
  if (existsSync(series)) {
    const found = await stat(series);
    if (!found.isDirectory()) return loadFile(series, 1);
    return existsSync(join(series, "series")) ? loadQuilt(series) : loadDirectory(series);
  }
  if (parseRange(series)) return loadRange(series, repository);
  if (/^<?[^\s/@-][^\s/@]*@[^\s/@>]+>?$/.test(series))
    return loadMessage(series.replace(/^<|>$/g, ""));
  throw new UsageError(
    `--series ${series}: there is no such file, and it is no git range and no message id.`,
  );
}

/** A file of one or more mails, or one plain diff. */
async function loadFile(path: string, strip: number): Promise<Patch[]> {
  const text = await readFile(path, "latin1").catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`--series ${path} can't be read: ${error.message}`);
  });
  if (isMail(text)) return splitMails(path);
  if (!/^(diff |--- )/m.test(text)) {
    throw new UsageError(`--series ${path}: it is neither a mailbox nor a patch.`);
  }
  return [{ subject: printable(basename(path)), kind: "diff", text, diff: text, strip }];
}

function isMail(text: string): boolean {
  const head = text.slice(0, text.search(/^(diff |--- )/m) >>> 0);
  return /^From /.test(text) || (/^From: /m.test(head) && /^Subject: /m.test(head));
}

/** The same whatever the user's git is configured to do. */
const MAILINFO = [
  ...["-c", "mailinfo.scissors=false", "-c", "mailinfo.quotedCr=warn"],
  ...["mailinfo", "-k", "--encoding=UTF-8"],
];

/** Splits as `git am` does; a mail without a diff is a cover letter or a discussion. */
async function splitMails(mbox: string): Promise<Patch[]> {
  return withTemporaryDirectory(async (directory) => {
    const split = await runTool("git", ["mailsplit", "--keep-cr", `-o${directory}`, "--", mbox]);
    if (split.failed) {
      throw new UsageError(`--series ${mbox}: git can't split it into mails: ${split.stderr}`);
    }
    const patches: Patch[] = [];
    for (const name of (await readdir(directory)).filter((name) => /^\d+$/.test(name)).sort()) {
      const text = await readFile(join(directory, name), "latin1");
      const info = await runTool(
        "git",
        [...MAILINFO, join(directory, "message"), join(directory, "diff")],
        {
          input: Buffer.from(text, "latin1"),
        },
      );
      const diff = await readFile(join(directory, "diff"), "latin1");
      if (diff.trim() === "") continue;
      const subject = /^Subject: (.*)$/m.exec(info.stdout)?.[1] ?? "(no subject)";
      patches.push({
        subject: printable(subject).replace(/^(\[[^\]]*\]\s*)+/, ""),
        kind: "mail",
        text,
        diff,
        strip: 1,
      });
    }
    return patches;
  });
}

/** quilt(1): a line of `series` is a file name, perhaps -pN, perhaps a comment. */
async function loadQuilt(directory: string): Promise<Patch[]> {
  const series = await readFile(join(directory, "series"), "utf8");
  const lines = series.split("\n").map((line) => line.replace(/(^|\s)#.*/, "").trim());
  const patches: Patch[] = [];
  for (const line of lines.filter((line) => line !== "")) {
    const [name = "", ...options] = line.split(/\s+/);
    const strip = options.map((option) => /^-p(\d)$/.exec(option)?.[1]).find(Boolean) ?? "1";
    const path = join(directory, name);
    if (!existsSync(path))
      throw new UsageError(`${directory}/series names ${name}, which is not there.`);
    patches.push(...(await loadFile(path, Number(strip))));
  }
  return patches;
}

async function loadDirectory(directory: string): Promise<Patch[]> {
  const names = (await readdir(directory))
    .filter((name) => /\.(patch|diff|mbox)$/.test(name))
    .sort();
  const loaded = await Promise.all(names.map((name) => loadFile(join(directory, name), 1)));
  return loaded.flat();
}

async function loadRange(range: string, repository: string | undefined): Promise<Patch[]> {
  if (!repository) {
    throw new UsageError(
      `--series ${range}: a git range needs a git tree as the kernel (-k PATH).`,
    );
  }
  return withTemporaryDirectory(async (directory) => {
    const mbox = join(directory, "range.mbox");
    await writeRange(repository, await resolveRange(repository, range), mbox);
    return (await stat(mbox)).size === 0 ? [] : splitMails(mbox);
  });
}

async function loadMessage(id: string): Promise<Patch[]> {
  return withTemporaryDirectory(async (directory) => {
    const args = ["am", "--outdir", directory, "--mbox-name", "series.mbx", id];
    const result = await runTool("b4", args);
    if (result.failed) {
      // Where the network fails b4 prints its whole stack; the last line says why.
      const words = result.stderr.trim().split("\n").at(-1);
      throw new HarnessError(`--series ${id}: b4 can't fetch it: ${words}`);
    }
    const mbox = (await readdir(directory)).find((name) => name.endsWith(".mbx"));
    return mbox ? splitMails(join(directory, mbox)) : [];
  });
}
