// A C file of the kernel as functions and what lies between them, by the kernel's own layout.

/** A function's body stands between a brace of its own line and the next brace at a line's begin. */
export interface FunctionText {
  readonly name: string;
  /** Offsets in the file: of the lines that declare it, of its body and of its end. */
  readonly head: number;
  readonly body: number;
  readonly end: number;
}

const ATTRIBUTES = /^__(attribute__|printf|scanf|acquires|releases|must_hold|cond_lock|diag_push)$/;
const OPENING = /^\{[ \t]*(?:\/\*.*\*\/[ \t]*)?$/gm;

/** All functions of a file, in their order. */
export function functionsOf(text: string): FunctionText[] {
  const functions: FunctionText[] = [];
  let after = 0;
  for (const { index: body } of text.matchAll(OPENING)) {
    if (body < after) continue;
    const closing = text.indexOf("\n}", body);
    if (closing < 0) break;
    const head = headOf(text, body, after);
    const name = nameOf(text.slice(head, body));
    after = closing + 2;
    if (name) functions.push({ name, head, body, end: after });
  }
  return functions;
}

/** What lies outside of all bodies. */
export function outsideOf(text: string, functions: readonly FunctionText[]): string {
  let at = 0;
  const parts = functions.map(({ body, end }) => {
    const part = text.slice(at, body);
    at = end;
    return part;
  });
  return [...parts, text.slice(at)].join("\0");
}

/** The lines above the body that belong to no comment, no directive and nothing that has ended. */
function headOf(text: string, body: number, after: number): number {
  const lines = text.slice(after, body).split("\n");
  lines.pop();
  let start = body;
  for (const line of lines.reverse()) {
    if (line.trim() === "" || /^[#}]|;\s*$|\*\/\s*$/.test(line)) break;
    start -= line.length + 1;
  }
  return start;
}

function nameOf(head: string): string | undefined {
  const define = /^\w*SYSCALL_DEFINE\w*\((\w+)/.exec(head);
  if (define) return define[1];
  return [...head.matchAll(/(\w+)\s*\(/g)]
    .map((m) => m[1])
    .find((word) => word && !ATTRIBUTES.test(word));
}
