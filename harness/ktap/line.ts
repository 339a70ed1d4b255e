// One line of TAP, told apart: the only place that knows the grammar.
import type { Directive } from "./result.ts";

export type Line =
  | { readonly type: "version" }
  | { readonly type: "plan"; readonly count: number; readonly skip: string | undefined }
  | { readonly type: "bail-out"; readonly reason: string }
  | {
      readonly type: "result";
      readonly ok: boolean;
      readonly name: string;
      readonly directive: Directive | undefined;
      readonly reason: string;
    }
  | { readonly type: "diagnostic"; readonly text: string }
  | { readonly type: "other"; readonly text: string };

const ESC = String.fromCharCode(27);
/** SGR and cursor sequences, and the control characters that terminals swallow. */
const NOISE = new RegExp(`${ESC}\\[[0-9;?]*[A-Za-z]|[\\0\\r\\u0007\\b]`, "g");
/** What printk puts before a line: level, time, caller. */
const LOG_PREFIX = /^(<\d+>)?\[ *\d+\.\d+\](\[ *[TC]\d+\])? ?/;

/** A line without what a console adds to it. */
export function cleanLine(line: string): string {
  return line.replace(NOISE, "").replace(LOG_PREFIX, "");
}

/** Reads the part of a line behind its indent. */
export function parseLine(text: string): Line {
  if (/^K?TAP version \d+\s*$/.test(text)) return { type: "version" };
  const plan = /^1\.\.(\d{1,6})\s*(?:#\s*(.*))?$/.exec(text);
  if (plan) return { type: "plan", count: Number(plan[1]), skip: skipReason(plan[2]) };
  const bail = /^Bail out!\s*(.*)$/.exec(text);
  if (bail) return { type: "bail-out", reason: bail[1] ?? "" };
  const result = /^(ok|not ok)(?:\s+(\d+))?(?:\s+(.*))?$/.exec(text);
  if (result) return parseResult(result[1] === "ok", (result[3] ?? "").trimEnd());
  const diagnostic = /^#\s?(.*)$/.exec(text);
  if (diagnostic) return { type: "diagnostic", text: diagnostic[1] ?? "" };
  return { type: "other", text };
}

/** kselftest's ksft_test_result_skip() prints the directive before the name. */
function parseResult(ok: boolean, rest: string): Line {
  const first = /^#\s*(SKIP|XFAIL|TODO|TIMEOUT|ERROR)\b:?\s*(.*)$/i.exec(rest);
  if (first) {
    return {
      type: "result",
      ok,
      ...named(first[2] ?? ""),
      directive: directive(first[1]),
      reason: "",
    };
  }
  const last = /^(.*?)(?:^|\s)#\s*(SKIP|XFAIL|TODO|TIMEOUT|ERROR)\S*\s*(.*)$/i.exec(rest);
  if (last) {
    const reason = last[3] ?? "";
    return { type: "result", ok, ...named(last[1] ?? ""), directive: directive(last[2]), reason };
  }
  // An unknown directive, such as the kselftest runner's `# exit=1`, only says more.
  const [, name = rest, more = ""] = /^(.*?)\s#\s+(.*)$/.exec(rest) ?? [];
  return { type: "result", ok, ...named(name), directive: undefined, reason: more };
}

function named(text: string): { name: string } {
  return { name: text.replace(/^-\s+/, "").replace(/^-$/, "").trim().replaceAll("\\#", "#") };
}

function directive(word: string | undefined): Directive {
  return (word ?? "").toLowerCase() as Directive;
}

function skipReason(text: string | undefined): string | undefined {
  return /^SKIP\S*\s*(.*)$/i.exec(text ?? "")?.[1];
}
