// Runs a program of the host; what is missing or fails becomes an error that says what to do.
import { closeSync, openSync } from "node:fs";
import { execa } from "execa";
import { HarnessError } from "../errors.ts";
import { interruption } from "./interruption.ts";

/**
 * Ends a program with us, and its whole process group: make passes a signal on to its shells, and
 * these to nobody. What does not heed it is killed before we are.
 */
const DIES_WITH_US = ["setpriv", "--pdeathsig=TERM", "timeout", "--kill-after=1.5", "0"] as const;

/** The Debian package that brings a program, where its name differs. */
const PACKAGE_OF: Readonly<Record<string, string>> = {
  "qemu-system-x86_64": "qemu-system-x86",
  vng: "virtme-ng",
  spatch: "coccinelle",
  addr2line: "binutils",
  readelf: "binutils",
  "dpkg-deb": "dpkg",
  flock: "util-linux",
  setpriv: "util-linux",
  xz: "xz-utils",
};

export interface ToolOptions {
  readonly cwd?: string;
  /** Added to the harness's own environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** What the program reads from its standard input; nothing unless given. */
  readonly input?: string | Uint8Array;
  /** Files that take the output instead of the result; the program gets them open, no pipe between. */
  readonly files?: { readonly stdout: string; readonly stderr: string };
  /** Called with each line of standard output and standard error as it comes. */
  readonly onLine?: (line: string) => void;
  /** Milliseconds after which the program is ended. */
  readonly timeout?: number;
  /** For what takes long: the program also ends when the harness is killed with SIGKILL. */
  readonly diesWithUs?: boolean;
}

export interface ToolResult {
  /** Undefined when a signal ended the program. */
  readonly exitCode: number | undefined;
  readonly failed: boolean;
  readonly stdout: string;
  readonly stderr: string;
  /** Both, as they came. */
  readonly all: string;
  /** The command, quoted for a shell. */
  readonly command: string;
  /** What went wrong, in one line; "" when nothing did. */
  readonly message: string;
}

/**
 * Runs a program to its end, without a shell. A non-zero exit is the caller's to judge.
 *
 * @throws {HarnessError} when the program is not installed
 * @throws {InterruptedError} when the harness was told to stop; the program has been ended
 */
export async function runTool(
  program: string,
  args: readonly string[],
  options: ToolOptions = {},
): Promise<ToolResult> {
  interruption.signal.throwIfAborted();
  const { input, files, onLine, diesWithUs, cwd, env, timeout } = options;
  const argv = [...(diesWithUs ? DIES_WITH_US : []), program, ...args];
  const opened = files && ([openSync(files.stdout, "w"), openSync(files.stderr, "w")] as const);
  const child = execa(argv[0] as string, argv.slice(1), {
    reject: false,
    all: true,
    ...(cwd !== undefined && { cwd }),
    ...(env !== undefined && { env }),
    ...(timeout !== undefined && { timeout }),
    ...(input === undefined ? { stdin: "ignore" as const } : { input }),
    // execa takes any descriptor; its types know only the standard ones.
    ...(opened && { stdout: opened[0] as 1, stderr: opened[1] as 2 }),
    maxBuffer: 500_000_000,
    cancelSignal: interruption.signal,
    forceKillAfterDelay: diesWithUs ? 1800 : 1000,
  });
  for (const file of opened ?? []) closeSync(file);
  if (onLine) await forEachLine(child.iterable({ from: "all" }), onLine);
  const result = await child;
  interruption.signal.throwIfAborted();
  if (isMissing(result)) throw new HarnessError(missingTool(program, cwd));
  return {
    exitCode: result.exitCode,
    failed: result.failed,
    stdout: result.stdout ?? "",
    stderr: result.stderr ?? "",
    all: result.all ?? "",
    command: result.escapedCommand,
    message: result.failed ? (result.shortMessage ?? "") : "",
  };
}

/**
 * The same, for programs that are not supposed to fail.
 *
 * @throws {HarnessError} with the program's own last words when it fails
 */
export async function mustRun(
  program: string,
  args: readonly string[],
  options: ToolOptions = {},
): Promise<ToolResult> {
  const result = await runTool(program, args, options);
  if (result.failed) {
    throw new HarnessError(`${result.message}\n${lastLines(result.all, 12)}`.trimEnd());
  }
  return result;
}

async function forEachLine(lines: AsyncIterable<string>, onLine: (line: string) => void) {
  for await (const line of lines) onLine(line);
}

interface Ended {
  readonly exitCode?: number | undefined;
  readonly code?: string | undefined;
  readonly stderr?: string | undefined;
}

/** What could not be executed is named in the user's language. */
function isMissing(result: Ended): boolean {
  if (result.exitCode === undefined) return result.code === "ENOENT";
  return result.exitCode === 127 && /^(setpriv|timeout): /.test(result.stderr ?? "");
}

function missingTool(program: string, cwd: string | undefined): string {
  const where = cwd ? ` (or the directory ${cwd} is gone)` : "";
  const name = PACKAGE_OF[program] ?? program;
  return `${program} is not installed${where}. Run ./setup.sh, or install the package ${name}.`;
}

function lastLines(text: string, count: number): string {
  return text.trimEnd().split("\n").slice(-count).join("\n");
}
