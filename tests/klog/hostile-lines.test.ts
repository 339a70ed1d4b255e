// Lines that are made to keep regular expressions busy: what a console says is the guest's to choose.
import t from "tap";
import { findingsOf } from "../../harness/klog/findings.ts";
import { families } from "../../harness/klog/signatures/families.ts";

const LENGTH = 16 * 1024;
/** Far above what a slow machine takes for such a line, and far below what a cubic match does. */
const PATIENCE_MS = 500;

/** The words of a pattern, without what is between them. */
function wordsOf({ source }: RegExp): string[] {
  return source
    .replaceAll(/\\([/.()[\]+?*$|^{}])/g, (_, character) => `\0${character.charCodeAt(0)};`)
    .split(/\\[a-zA-Z]|\(\?[:=!<]+|\[[^\]]*\]|\{[^}]*\}|[.*+?()|^$]/)
    .map((word) => word.replaceAll(/\0(\d+);/g, (_, code) => String.fromCharCode(Number(code))))
    .filter(Boolean);
}

const fill = (text: string, length: number) =>
  text.repeat(Math.ceil(length / text.length)).slice(0, length);

/** Each word without end, all of them in turns, and each without end behind those before it. */
function linesFor(header: string, pattern: RegExp): string[] {
  const words = [...new Set([header, ...wordsOf(pattern)])];
  const turns = [
    words.join(""),
    words.join(" "),
    words.slice(0, -1).join(""),
    words.join(" a.b: "),
  ];
  const blocks = [words, words.slice(0, -1), words.toReversed()].map((some) =>
    some.map((word) => fill(word, LENGTH / some.length)).join(""),
  );
  return [
    ...[...words, ...turns].filter(Boolean).map((text) => `${header} ${fill(text, LENGTH)}`),
    ...blocks.map((text) => `${header} ${text}`),
  ];
}

const lines = families.flatMap(({ header, harmless = [], signatures }) => {
  const patterns = signatures.flatMap(({ line, followedBy = [] }) => [line, ...followedBy]);
  return [...harmless, ...patterns].flatMap((pattern) => linesFor(header, pattern));
});

t.test("no line takes long, whatever words it repeats", async (t) => {
  for (const line of new Set([...lines, `WARNING: ${fill("mm/a.c ", LENGTH)}`])) {
    const begin = performance.now();
    await findingsOf([`[    1.0] ${line}\n[    1.0] ${line}\n`]);
    const took = performance.now() - begin;
    if (took > PATIENCE_MS) t.fail(`${line.slice(0, 60)}… took ${Math.round(took)} ms`);
  }
});

t.test("no line of a report takes long either", async (t) => {
  const head = "[    1.0] BUG: unable to handle page fault for address: ffffea0000000008\n";
  const names = [
    "a",
    "a.",
    "a+0x1/0x2 ",
    "read_once_",
    "0",
    "1:",
    "[<0>] ",
    "ffff:",
    "1.",
    ",1",
    " ? ",
  ];
  for (const start of ["", "RIP: 0010:", "pc : ", "Call Trace: ", " ", "at: ", "[<0>] ("]) {
    for (const name of names) {
      const begin = performance.now();
      await findingsOf([`${head}[    1.0] Call Trace:\n[    1.0] ${start}${fill(name, LENGTH)}\n`]);
      t.ok(performance.now() - begin < PATIENCE_MS, `${start}${name}`);
    }
  }
});
