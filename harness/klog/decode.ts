// Says beside each function of a trace where in the source that is, where the kernel has debug info.
import { HarnessError } from "../errors.ts";
import { runTool } from "../process/tool.ts";
import type { Finding } from "./finding.ts";

export interface Decoder {
  /** The same findings, `(mm/memory.c:1561)` behind each place in a trace that is known. */
  decode(findings: readonly Finding[]): Promise<Finding[]>;
}

interface Symbols {
  /** Addresses and sizes of the functions of each name; a static one may exist several times. */
  readonly functions: ReadonlyMap<string, readonly { address: bigint; size: bigint }[]>;
  /** What every file's path begins with: the tree that the kernel was built in. */
  readonly tree: string;
}

/** Function, offset, and the distance to the next function; modules are not in vmlinux. */
const PLACE = /([A-Za-z_][\w.]*)\+0x([0-9a-f]+)\/0x([0-9a-f]+)(?![0-9a-f]| \[)/;
/** These name the instruction itself; a trace has the one that a call returns to. */
const EXACT = /^(?:RIP|IP|pc|PC|WARNING)\b/;
/** What kallsyms counts to a function beyond its own size: the gap to the next one. */
const GAP = 64n;
const TIMEOUT_MS = 60_000;

/**
 * With addr2line, as scripts/decode_stacktrace.sh does; offsets in functions need no KASLR offset.
 * A kernel without debug info, or a tool that fails, leaves the findings as they are.
 */
export function createDecoder(vmlinux: string | undefined): Decoder {
  let symbols: Promise<Symbols | undefined> | undefined;
  return {
    async decode(findings) {
      if (!vmlinux || findings.length === 0) return [...findings];
      symbols ??= readSymbols(vmlinux);
      const known = await symbols;
      if (!known) return [...findings];
      const lines = findings.flatMap((finding) => finding.lines);
      const decoded = await decodeLines(vmlinux, known, lines);
      return findings.map((finding) => ({
        ...finding,
        lines: finding.lines.map((line) => decoded.get(line) ?? line),
      }));
    },
  };
}

async function decodeLines(vmlinux: string, { functions, tree }: Symbols, lines: string[]) {
  const places = [...new Set(lines)].flatMap((line) => {
    const address = addressIn(line, functions);
    return address === undefined ? [] : [{ line, address }];
  });
  const found = await sourceLines(
    vmlinux,
    places.map(({ address }) => address),
  );
  const decoded = new Map<string, string>();
  for (const [at, { line }] of places.entries()) {
    const source = found[at];
    if (!source?.startsWith(tree)) continue;
    decoded.set(line, line.replace(PLACE, `$& (${source.slice(tree.length)})`));
  }
  return decoded;
}

function addressIn(line: string, functions: Symbols["functions"]): bigint | undefined {
  const [, name = "", offset = "0", size = "0"] = PLACE.exec(line) ?? [];
  const wanted = BigInt(`0x${size}`);
  const all = functions.get(name) ?? [];
  const one = all.find((each) => wanted >= each.size && wanted <= each.size + GAP) ?? all[0];
  if (!one) return undefined;
  return one.address + BigInt(`0x${offset}`) - (EXACT.test(line) ? 0n : 1n);
}

async function readSymbols(vmlinux: string): Promise<Symbols | undefined> {
  const { stdout } = await quietly("nm", ["--print-size", vmlinux]);
  const functions = new Map<string, { address: bigint; size: bigint }[]>();
  for (const [, address, size, name = ""] of stdout.matchAll(/^(\w+) (\w+) [tTwW] (.+)$/gm)) {
    const one = { address: BigInt(`0x${address}`), size: BigInt(`0x${size}`) };
    functions.set(name, [...(functions.get(name) ?? []), one]);
  }
  // init/main.c has it in every kernel: what stands before that is the tree.
  const start = functions.get("start_kernel")?.[0];
  const [first = ""] = start ? await sourceLines(vmlinux, [start.address]) : [];
  const tree = /^(.*?)init\/main\.c:\d+$/.exec(first)?.[1];
  return tree === undefined ? undefined : { functions, tree };
}

/** `file:line` of each address, in their order; `??:0` where it is not known. */
async function sourceLines(vmlinux: string, addresses: readonly bigint[]): Promise<string[]> {
  if (addresses.length === 0) return [];
  const input = addresses.map((address) => address.toString(16)).join("\n");
  const { stdout } = await quietly("addr2line", ["-e", vmlinux], input);
  return stdout.split("\n").map((line) => line.replace(/ \(discriminator \d+\)$/, ""));
}

/** A trace without source lines is still a trace: nothing fails for want of a tool. */
async function quietly(program: string, args: string[], input = "") {
  try {
    const result = await runTool(program, args, { input, timeout: TIMEOUT_MS });
    return result.failed ? { stdout: "" } : result;
  } catch (error) {
    if (error instanceof HarnessError) return { stdout: "" };
    throw error;
  }
}
