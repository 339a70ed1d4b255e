// The shortest commands that show one result again.
import type { Run } from "./run-schema.ts";

/** Flags that decide which cases run and how often, with one value each: none of them stays. */
const SELECTION = ["--case", "--suite", "--repeat", "-j"];

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
  for (let i = 0; i < run.request.length; i += 2) {
    const [flag = "", value = ""] = run.request.slice(i, i + 2);
    if (!SELECTION.includes(flag) && flag !== "--boot") kept.push(flag, value);
  }
  const boot = run.machine ? ["--boot", run.machine.boot] : [];
  return ["run", ...kept, ...boot, "--case", id];
}

/** As a POSIX shell wants it. */
function quote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
