// uffdwp parse: TAP or a kernel log from elsewhere.
import { createReadStream } from "node:fs";
import type { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { Command } from "commander";
import { UsageError } from "../errors.ts";
import type { Finding } from "../klog/finding.ts";
import { findingsOf } from "../klog/findings.ts";
import { outline } from "../ktap/outline.ts";
import { parseKtap } from "../ktap/parse.ts";
import type { KtapResult } from "../ktap/result.ts";
import { flatten, totalsOf } from "../ktap/totals.ts";
import { type OutputFlags, print, withOutputOptions } from "./output.ts";

export function parseCommand(): Command {
  return new Command("parse")
    .description("read TAP or a kernel log from elsewhere")
    .addCommand(ktapCommand())
    .addCommand(klogCommand());
}

function ktapCommand(): Command {
  const command = new Command("ktap")
    .description("show the tree of results of any TAP")
    .argument("<file>", "- for standard input");
  withOutputOptions(command);
  return command.action(async (file: string) => {
    const document = parseKtap((await reading(file, buffer)).toString("utf8"));
    const results = flatten(document.results);
    const totals = totalsOf(document);
    const { errors, diagnostics } = document;
    const tree = document.results.map(inTree);
    print(command.opts<OutputFlags>(), { results, totals, errors, diagnostics, tree }, () => {
      const lines = outline(document.results);
      const { pass, fail, skip, xfail, lost } = totals;
      const counts = `${pass} passed, ${fail} failed, ${skip} skipped, ${xfail} xfail, ${lost} lost`;
      return [...lines, ...errors.map((error) => `error: ${error}`), counts].join("\n");
    });
    // Neither is a document without results a pass, unless it says why.
    const empty = results.length === 0 && errors.length > 0;
    if (totals.fail + totals.lost > 0 || empty) process.exitCode = 1;
  });
}

/** A result with what stands below it; JSON has no undefined. */
function inTree({ number, directive, children, ...own }: KtapResult): object {
  const known = { number: number ?? null, directive: directive ?? null };
  return { ...own, ...known, children: children.map(inTree) };
}

function klogCommand(): Command {
  const command = new Command("klog")
    .description("show the findings of a kernel log")
    .argument("<file>", "- for standard input");
  withOutputOptions(command);
  return command.action(async (file: string) => {
    const findings = await reading(file, findingsOf);
    print(command.opts<OutputFlags>(), { findings }, () =>
      findings.length === 0 ? "nothing found" : findings.map(inOneLine).join("\n"),
    );
    if (findings.length > 0) process.exitCode = 1;
  });
}

function inOneLine({ title, line, endLine, corrupted, count }: Finding): string {
  const more = [...(count > 1 ? [`${count} times`] : []), ...(corrupted ? ["corrupted"] : [])];
  return `${line}-${endLine}: ${title}${more.length > 0 ? `  (${more.join(", ")})` : ""}`;
}

/** Hands a file's bytes on as they come: a log may be larger than memory. */
async function reading<T>(file: string, read: (bytes: Readable) => Promise<T>): Promise<T> {
  const bytes = file === "-" ? process.stdin : createReadStream(file);
  return read(bytes).catch((error: NodeJS.ErrnoException) => {
    if (error.code === undefined || error.syscall === undefined) throw error;
    throw new UsageError(`${file} can't be read: ${error.message}`);
  });
}
