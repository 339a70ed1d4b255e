// The command line as a user runs it, on real kernels.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { type Run, runSchema } from "../../harness/record/run-schema.ts";

export const program = join(import.meta.dirname, "../../harness/uffdwp.js");
const data = join(import.meta.dirname, "data");

export interface Result {
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts uffdwp; what it reads and builds is cached where a user's is. */
export function start(args: readonly string[], env: Record<string, string> = {}) {
  return execa(process.execPath, [program, ...args], { reject: false, env, stdin: "ignore" });
}

export async function uffdwp(
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<Result> {
  const { exitCode, stdout, stderr } = await start(args, env);
  return { exitCode, stdout, stderr };
}

/** The newest run of a results directory. */
export function latestRun(results: string): Run {
  return runSchema.parse(JSON.parse(readFileSync(join(results, "latest", "run.json"), "utf8")));
}

/** `id outcome verdict` of every case, sorted. */
export function verdicts(run: Run): string[] {
  return run.cases.map(({ id, outcome, verdict }) => `${id} ${outcome} ${verdict}`).sort();
}

export function dataFile(name: string): string {
  return join(data, name);
}
