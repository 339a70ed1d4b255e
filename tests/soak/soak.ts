// The whole suite again and again while faults happen, and each record held against what was done.
//   npm run soak -- --minutes 5 --seed 7
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import { execa } from "execa";
import picomatch from "picomatch";
import type { JournalEvent } from "../../harness/record/journal-event.ts";
import { type Run, runSchema } from "../../harness/record/run-schema.ts";
import { guestsMarked, stopIfWithinCase } from "../e2e/processes.ts";
import { program, uffdwp } from "../e2e/uffdwp.ts";
import { contradictions, FATAL, type Staged } from "./contradictions.ts";
import { seeded } from "./seeded.ts";

const { values } = parseArgs({
  options: { minutes: { type: "string" }, seed: { type: "string" } },
});
const minutes = Number(values.minutes ?? 60);
const seed = Number(values.seed ?? Date.now() % 1_000_000);
const random = seeded(seed);
const cases = join(import.meta.dirname, "../e2e/faults");

const FAULTS = ["kill QEMU", "stop QEMU", "kill the harness"] as const;
type Fault = (typeof FAULTS)[number];

/** What has been done during a run, and how it ended. */
type Story = Pick<Staged, "exitCode" | "expectedExitCode"> & {
  readonly faults: Fault[];
  readonly hits: Map<string, "crash" | "timeout">;
};

const SUITE = "{anon,shmem,hugetlb}*/**";
const PANICS = [...FATAL.keys()].flatMap((id) => [id, id.replace("fault", "after")]);

const top = mkdtempSync(join(tmpdir(), "soak-"));
const results = join(top, "results");
const totals = { runs: 0, cases: 0, "kill QEMU": 0, "stop QEMU": 0, "kill the harness": 0 };
const wrong: string[] = [];
const deadline = performance.now() + minutes * 60_000;
console.log(`seed ${seed}, ${minutes} min, ${results}`);
const planned = [...(await suiteCases()), ...PANICS];
while (performance.now() < deadline) {
  const { faults, ...story } = await runOnce();
  totals.runs++;
  for (const fault of faults) totals[fault]++;
  const run = latest();
  totals.cases += run.cases.length;
  const lines = contradictions(run, { ...story, planned, verdicts: verdicts() });
  const left = guestsMarked(top);
  if (left.length > 0) lines.push(`QEMUs are left: ${left.join(", ")}`);
  for (const line of lines) wrong.push(`${run.id}: ${line}`);
  console.log(`${run.id} ${run.status}: ${faults.join(", ")}`);
}
console.log(JSON.stringify(totals));
for (const line of wrong) console.log(`wrong: ${line}`);
if (wrong.length === 0) rmSync(top, { recursive: true, force: true });
process.exitCode = wrong.length === 0 ? 0 : 1;

/** Asked beforehand: what a run has forgotten stands nowhere in its record. */
async function suiteCases(): Promise<string[]> {
  const { stdout } = await uffdwp(["list", "cases", "--json"]);
  const { cases: all } = JSON.parse(stdout) as { cases: { id: string }[] };
  return all.map(({ id }) => id).filter((id) => picomatch.isMatch(id, SUITE));
}

/** One run of everything, panics of its own included, resumed as often as it is killed. */
async function runOnce(): Promise<Story> {
  const story = { faults: [] as Fault[], hits: new Map<string, "crash" | "timeout">() };
  const before = existsSync(join(results, "latest")) ? latest().id : "";
  let command = [
    // One guest at a time: then a fault costs one case at most.
    ...["run", "--boot", "qemu", "-j", "1", "--cases", cases, "--timeout", "5", "--confirm", "0"],
    ...[SUITE, ...PANICS].flatMap((glob) => ["--case", glob]),
  ];
  for (;;) {
    // Of a run that was killed behind its end, resume says that nothing is left to do.
    const finished = command[0] === "resume" && events().some(({ event }) => event === "end");
    const running = start(command);
    const killed = await injectInto(running, before, story);
    const { exitCode } = await running;
    if (!killed) return { ...story, exitCode, expectedExitCode: finished ? 129 : 1 };
    forgetUnjudged(story.hits);
    command = ["resume", "latest"];
  }
}

/** A case without a verdict is run again, as if nothing had hit it. */
function forgetUnjudged(hits: Story["hits"]): void {
  const judged = new Set(verdicts());
  for (const id of hits.keys()) if (!judged.has(id)) hits.delete(id);
}

/** Injects up to two faults at random moments; returns whether the harness was killed. */
async function injectInto(
  running: ReturnType<typeof start>,
  before: string,
  { faults, hits }: Pick<Story, "faults" | "hits">,
): Promise<boolean> {
  let over = false;
  void running.then(() => {
    over = true;
  });
  for (let wanted = random(3); wanted > 0; wanted--) {
    const until = performance.now() + 2000 + random(8000);
    while (!over && performance.now() < until) await pause(20);
    if (over || latestId() === before) return false;
    const fault = FAULTS[random(FAULTS.length)] as Fault;
    if (fault === "kill the harness") {
      if (!running.kill("SIGKILL")) return false;
      faults.push(fault);
      return true;
    }
    let stopped: Awaited<ReturnType<typeof stopIfWithinCase>>;
    while (!over && !stopped) {
      stopped = await stopIfWithinCase(running.pid as number, join(results, "latest"));
      await pause(10);
    }
    if (!stopped) return false;
    if (fault === "kill QEMU") process.kill(stopped.pid, "SIGKILL");
    faults.push(fault);
    // One that stands still already may be hit again: then it is gone.
    hits.set(stopped.id, fault === "kill QEMU" ? "crash" : "timeout");
  }
  return false;
}

function start(args: readonly string[]) {
  const env = { TMPDIR: top, UFFDWP_STAGE: top };
  return execa(process.execPath, [program, ...args, "--results", results, "--quiet"], {
    reject: false,
    env,
    stdio: "ignore",
  });
}

function latestId(): string {
  return events()[0]?.event === "run" ? (events()[0] as { id: string }).id : "";
}

function events(): JournalEvent[] {
  const path = join(results, "latest", "journal.ndjson");
  if (!existsSync(path)) return [];
  return readFileSync(path, "utf8")
    .split("\n")
    .flatMap((line) => {
      try {
        return [JSON.parse(line) as JournalEvent];
      } catch {
        return [];
      }
    });
}

/** The ids of all verdicts in the journal. */
function verdicts(): string[] {
  return events().flatMap((one) => (one.event === "verdict" ? [one.verdict.id] : []));
}

function latest(): Run {
  const path = join(results, "latest", "run.json");
  return runSchema.parse(JSON.parse(readFileSync(path, "utf8")));
}
