// Stack traces as the kernel prints them on x86, arm, arm64, powerpc and riscv, and how to walk them.
import { NEVER_GUILTY, withoutSyscallPrefix } from "./never-guilty.ts";

/** A program counter in brackets, as kernels before 4.10 and arm print it: `[<c0101234>]`. */
export const PC = "\\[<?(?:0x)?[0-9a-f]+>?\\]";
/** A function with an offset or a compiler's suffix behind it; the name is captured. */
export const FN = "([A-Za-z0-9_]+)[.+]";
/** A source file with its line. */
export const SRC = "[\\w./-]+\\.[a-z]+:\\d+";

export const CALL_TRACE = /Call [Tt]race:|Backtrace:/;
/** Where the fault happened: `RIP: 0010:fn+0x1/0x2`, `pc : fn+…`, `NIP [c00…] fn+…`; no name when it jumped to nowhere. */
export const RIP = new RegExp(
  `(?:IP|NIP|pc |PC is at):? (?:(?:\\d+:)?(?:${PC} +){0,2}${FN}|(?:\\d+:)?0x[0-9a-f]+|(?:\\d+:)?${PC} +\\[< *\\(null\\)>\\] +\\(null\\)|\\d+: +\\(null\\))`,
);

/** show_regs() of riscv ends like this, and no other head stands before the trace. */
const RISCV_TRACE = /status: [0-9a-f]{16} badaddr: [0-9a-f]{16} cause: [0-9a-f]{16}/;
const TRACE_STARTS = [
  /Call [Tt]race/,
  /Allocated(?: by task \d+)?:/,
  /Freed(?: by task \d+)?:/,
  // `backtrace:` of kmemleak, and not lockdep's `stack backtrace:`.
  /[^k] backtrace(?: \(crc [0-9a-fA-F]*\))?:/,
  /Backtrace:/,
  /Uninit was stored to memory at/,
  RISCV_TRACE,
];
const FRAME = new RegExp(`^ *(?:${PC} ){0,2}${FN}`);
/** arm prints callee and caller in one line. */
const ARM_FRAME = new RegExp(`^ *${PC} \\(([\\w.]+)\\) from ${PC} \\(${FN}`);
/** Traces of fault injection run into those of a report. */
const INTRUDER = new RegExp(`^(?: ${PC})? should_fail(?:slab)?(?:\\.[a-z0-9.]+)?\\+0x`);

/** A line to look for (a captured name counts as a frame), or a whole trace to read. */
type Part = RegExp | "trace";

export interface Walk {
  readonly parts: readonly Part[];
  /** A line that means that this is not the way. */
  readonly unless?: RegExp;
  /** How to look when this leads to no function. */
  readonly otherwise?: Walk;
  /** Functions that are not guilty in this kind of report. */
  readonly skip?: RegExp;
  /** Which of the functions gives its name; the first unless said otherwise. */
  readonly pick?: (functions: readonly string[]) => string | undefined;
}

export interface Walked {
  /** Undefined when there is no function to blame. */
  readonly guilty: string | undefined;
  /** False when a trace is missing or cut. */
  readonly complete: boolean;
}

/** Walks the lines of a report to the function it is named after. */
export function walk(lines: readonly string[], how: Walk): Walked {
  const found = follow(lines, how);
  return found.complete || !how.otherwise ? found : walk(lines, how.otherwise);
}

function follow(lines: readonly string[], how: Walk): Walked {
  const { parts, unless } = how;
  if (unless && lines.some((line) => unless.test(line)))
    return { guilty: undefined, complete: false };
  const named: (string | undefined)[] = [];
  let functions: string[] = [];
  let complete = true;
  let at = 0;
  const take = (match: RegExpExecArray | null) => {
    const names = match?.slice(1).filter((name) => name !== undefined) ?? [];
    functions.push(...names.filter((name) => !NEVER_GUILTY.test(name) && !how.skip?.test(name)));
  };
  const name = () => {
    const stripped = functions.map(withoutSyscallPrefix);
    named.push(how.pick && stripped.length > 0 ? how.pick(stripped) : stripped[0]);
    functions = [];
  };
  let traces = 0;
  for (let index = 0; index < parts.length; index++) {
    const part = parts[index] as Part;
    if (part === "trace" && traces++ > 0) name();
    const next = parts[index + 1];
    while (at < lines.length) {
      const line = lines[at++] as string;
      if (INTRUDER.test(line)) {
        complete = false;
        break;
      }
      if (part !== "trace") {
        const match = part.exec(line);
        take(match);
        if (match) break;
        continue;
      }
      if (startsTrace(line)) break;
      const match = next instanceof RegExp ? next.exec(line) : null;
      take(match ?? FRAME.exec(line) ?? ARM_FRAME.exec(line));
      if (match) {
        index++;
        break;
      }
    }
  }
  name();
  return { guilty: named[0], complete: complete && named.every(Boolean) };
}

function startsTrace(line: string): boolean {
  return TRACE_STARTS.some((start) => start.test(line));
}

/** How far below its head the first frame of a trace stands at most, in lines. */
const REACH = 15;

/** Whether there is a trace, and each head of a trace has at least one frame below it. */
export function hasWholeTrace(lines: readonly string[]): boolean {
  let some = false;
  for (const start of TRACE_STARTS) {
    const at = lines.findIndex((line) => start.test(line));
    if (at < 0) continue;
    const below = lines.slice(at + 1, at + 1 + REACH);
    const end = below.findIndex(startsTrace);
    const whole = below.slice(0, end < 0 ? REACH : end).some(isFrame);
    if (!whole && start !== RISCV_TRACE) return false;
    some ||= whole;
  }
  return some;
}

function isFrame(line: string): boolean {
  return line.includes("(stack is not available)") || FRAME.test(line) || ARM_FRAME.test(line);
}
