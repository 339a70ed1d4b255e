// One line of TAP, told apart: the only place that knows the grammar. A line may have a mebibyte, so
// that no pattern here may look at a part of it again and again.
import { printable } from "../process/printable.ts";
import { cut } from "./cut.ts";
import type { Plan } from "./plan.ts";
import type { Directive } from "./result.ts";

export interface ResultLine {
  readonly type: "result";
  readonly number: number | undefined;
  readonly ok: boolean;
  readonly name: string;
  readonly directive: Directive | undefined;
  readonly reason: string;
  /** The same without the brace at its end, where it may begin a buffered subtest. */
  readonly opens?: ResultLine;
}

export type Line =
  | ResultLine
  | { readonly type: "version" }
  | { readonly type: "plan"; readonly plan: Plan; readonly skip: string | undefined }
  | { readonly type: "bail-out"; readonly reason: string }
  | { readonly type: "closing" }
  | { readonly type: "subtest"; readonly name: string; readonly text: string }
  | { readonly type: "diagnostic"; readonly text: string }
  | { readonly type: "other"; readonly text: string };

/** What printk puts before a line: level, time, caller. */
const LOG_PREFIX = /^(<\d+>)?\[ *\d+\.\d+\](\[ *[TC]\d+\])? ?/;

/** A line without what a console adds to it. */
export function cleanLine(line: string): string {
  return printable(line).replace(LOG_PREFIX, "");
}

/** Reads the part of a line behind its indent. */
export function parseLine(text: string): Line {
  if (/^K?TAP version \d+\s*$/.test(text)) return { type: "version" };
  const plan = /^(\d{1,9})\.\.(\d{1,9})\s*(?:#\s*(.*))?$/s.exec(text);
  if (plan) return parsePlan(Number(plan[1]), Number(plan[2]), plan[3]);
  const bail = /^Bail out!\s*(.*)$/s.exec(text);
  if (bail) return { type: "bail-out", reason: cut(bail[1] ?? "") };
  const result = /^(ok|not ok)(?:\s+(\d+))?(?:\s+(.*))?$/s.exec(text);
  if (result) return parseResult(result[1] === "ok", result[2], (result[3] ?? "").trimEnd());
  if (text.trimEnd() === "}") return { type: "closing" };
  const diagnostic = /^#\s?(.*)$/s.exec(text);
  if (!diagnostic) return { type: "other", text: cut(text) };
  const said = diagnostic[1] ?? "";
  const subtest = /^\s*Subtest: (.*\S)/s.exec(said);
  return subtest
    ? { type: "subtest", name: cut(subtest[1] ?? ""), text: cut(said) }
    : { type: "diagnostic", text: cut(said) };
}

/** `1..0` plans nothing, and so does every plan that ends before it begins. */
function parsePlan(from: number, last: number, comment: string | undefined): Line {
  const first = Math.max(from, 1);
  const plan = { first, count: Math.max(0, last - first + 1) };
  return { type: "plan", plan, skip: /^SKIP\S*\s*(.*)$/is.exec(comment ?? "")?.[1] };
}

function parseResult(ok: boolean, digits: string | undefined, rest: string): ResultLine {
  const number = digits === undefined ? undefined : Number(digits);
  const result = { type: "result" as const, number, ok, ...parseDescription(rest) };
  if (!rest.endsWith("{")) return result;
  const buffered = rest.slice(0, -1).trimEnd();
  return { ...result, opens: { type: "result", number, ok, ...parseDescription(buffered) } };
}

/** kselftest's ksft_test_result_skip() prints the directive before the name. */
function parseDescription(text: string): Pick<ResultLine, "name" | "directive" | "reason"> {
  const first = /^(?:-\s+)?#\s*(SKIP|XFAIL|TODO|TIMEOUT|ERROR)\b:?\s*(.*)$/is.exec(text);
  if (first) return { name: named(first[2] ?? ""), directive: directive(first[1]), reason: "" };
  const last = /^(.*?)(?:^|\s)#\s*(SKIP\S*|(?:XFAIL|TODO|TIMEOUT|ERROR)\b:?)\s*(.*)$/is.exec(text);
  if (last) {
    const [, name = "", word, reason = ""] = last;
    return { name: named(name), directive: directive(word), reason: cut(reason) };
  }
  // An unknown directive, such as the kselftest runner's `# exit=1`, only says more.
  const [, name = text, more = ""] = /^(.*?)\s#\s+(.*)$/s.exec(text) ?? [];
  return { name: named(name), directive: undefined, reason: cut(more) };
}

function named(text: string): string {
  const name = text
    .replace(/^-\s+|^-$/, "")
    .trim()
    .replace(/\\([#\\])/g, "$1");
  return cut(name);
}

function directive(word: string | undefined): Directive {
  const known = /^(?:skip|xfail|todo|timeout|error)/.exec((word ?? "").toLowerCase());
  return known?.[0] as Directive;
}
