// How long a question to the history of 10,000 runs takes, and how long the first one of all. Takes some minutes.
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";
import { caseHistory } from "../harness/history/case-history.ts";
import { withHistory } from "../harness/history/database.ts";
import { withTemporaryDirectory } from "../harness/process/temporary.ts";
import { caseId, runName, syntheticJournal } from "./synthetic-journal.ts";

const RUNS = 10_000;
const CASES = Number(process.env.CASES ?? 100);
const uffdwp = join(import.meta.dirname, "../harness/uffdwp.js");

await withTemporaryDirectory(async (directory) => {
  const results = join(directory, "results");
  for (let index = 0; index < RUNS; index++) await writeRun(results, index);
  console.log(`${RUNS} runs of ${CASES} cases`);
  const args = ["history", caseId(7), "--results", results];
  const env = { UFFDWP_CACHE: join(directory, "cache") };
  show("the first question: every journal is read", await timed(args, env));
  process.env.UFFDWP_CACHE = env.UFFDWP_CACHE;
  for (let i = 0; i < 3; i++)
    show("the next one, in a process that runs", await timedHere(results));
  show("the next one, uffdwp history from start to exit", await timed(args, env));
  await writeRun(results, RUNS);
  show("after one more run", await timed(args, env));
  show("all cases at once", await timed(["history", "--results", results], env));
});

async function writeRun(results: string, index: number): Promise<void> {
  const directory = join(results, runName(index));
  await mkdir(directory, { recursive: true });
  const lines = syntheticJournal({ cases: CASES, index, failing: 0.01 });
  const text = lines.map((line) => `${JSON.stringify(line)}\n`).join("");
  await writeFile(join(directory, "journal.ndjson"), text);
}

async function timed(args: readonly string[], env: Record<string, string>): Promise<number> {
  const started = performance.now();
  await execa(process.execPath, [uffdwp, ...args], { env, stdout: "ignore" });
  return performance.now() - started;
}

async function timedHere(results: string): Promise<number> {
  const started = performance.now();
  await withHistory(results, (database) => caseHistory(database, caseId(7)));
  return performance.now() - started;
}

function show(what: string, ms: number): void {
  console.log(`${(ms / 1000).toFixed(2).padStart(6)} s  ${what}`);
}
