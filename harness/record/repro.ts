// The shortest commands that show one result again.
import { namesKselftest } from "../image/kselftest/spec.ts";
import type { Run } from "./run-schema.ts";

/** Flags that decide which cases run, how often and against what, one value each: none stays. */
const SELECTION = ["--case", "--suite", "--repeat", "-j", "--confirm", "--baseline", "--shard"];

/** One line for a shell. */
export function reproCommand(run: Run, id: string): string {
  return ["npx", "uffdwp", ...reproArguments(run, id)].map(quote).join(" ");
}

/**
 * Arguments of uffdwp that run one case again: same kernel, same way to boot, whatever `auto`
 * would choose elsewhere.
 */
function reproArguments(run: Run, id: string): string[] {
  const kept: string[] = [];
  const suite = run.cases.find((one) => one.id === id)?.suite ?? "";
  for (let i = 0; i < run.request.length; i += 2) {
    const [flag = "", value = ""] = run.request.slice(i, i + 2);
    const selects = SELECTION.includes(flag) && !isSuiteOfOthers(flag, value, suite);
    if (!selects && flag !== "--boot") kept.push(flag, value);
  }
  const boot = run.machine ? ["--boot", run.machine.boot] : [];
  return ["run", ...kept, ...boot, "--case", id];
}

/** Without its flag nobody would know of a program of the kernel's own selftests. */
function isSuiteOfOthers(flag: string, value: string, suite: string): boolean {
  return flag === "--suite" && namesKselftest(value, suite);
}

/** As a POSIX shell wants it. */
function quote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
