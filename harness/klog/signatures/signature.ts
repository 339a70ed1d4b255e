// What a report looks like, and what it is called.
import { CALL_TRACE, FN, RIP, type Walk } from "../stack.ts";

export interface Signature {
  readonly kind: string;
  /** A line of the report, nearly always its first. */
  readonly line: RegExp;
  /** Lines that must follow, in this order; without them the report counts as cut. */
  readonly followedBy?: readonly RegExp[];
  /** $1… are the groups of `line` and then of `followedBy`; {fn} is the function that `walk` leads to. */
  readonly title: string;
  readonly walk?: Walk;
  /** Such a report has no stack trace of its own. */
  readonly traceless?: true;
  /** Such a line stands behind a report that was lost. */
  readonly remnant?: true;
}

/** Signatures with the words that all of their lines contain. */
export interface Family {
  readonly header: string;
  /** Of a report that none of the signatures fits. */
  readonly kind: string;
  /** Lines with the header that mean no harm. */
  readonly harmless?: readonly RegExp[];
  /** A line with the header that none of the signatures fits is no report. */
  readonly only?: true;
  readonly signatures: readonly Signature[];
}

/** The first function below `Call Trace:`. */
export function fromTrace(skip?: RegExp): Walk {
  return { parts: [CALL_TRACE, "trace"], ...(skip && { skip }) };
}

/** The function at the instruction pointer, or else the first below `Call Trace:`. */
export function fromFault(more: Omit<Walk, "parts"> = {}): Walk {
  return { parts: [RIP, CALL_TRACE, "trace"], ...more };
}

/** The function at the instruction pointer and no other. */
export const AT_FAULT: Walk = { parts: [RIP] };

/** WARN() traps since 4.12: the trace begins at RIP; before, it is a plain trace. powerpc has its own word. */
const TRAP = new RegExp(`(?:${RIP.source}|--- interrupt: [0-9]+ at ${FN})`);

export function fromWarning(skip?: RegExp): Walk {
  return { parts: [TRAP, "trace"], otherwise: fromTrace(skip), ...(skip && { skip }) };
}
