// The whole suite again and again while faults happen, and each record held against what was done.
//   npm run soak -- --minutes 5 --seed 7
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import { execa } from "execa";
import type { JournalEvent } from "../../harness/record/journal-event.ts";
import { type Run, runSchema } from "../../harness/record/run-schema.ts";
import { guestsMarked, guestsOf } from "../e2e/processes.ts";
import { program } from "../e2e/uffdwp.ts";
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

/** A fault of the machine, and how many verdicts stood in the journal just before. */
interface Injected {
  readonly fault: Fault;
  readonly after: number;
}

const top = mkdtempSync(join(tmpdir(), "soak-"));
const results = join(top, "results");
const totals = { runs: 0, cases: 0, "kill QEMU": 0, "stop QEMU": 0, "kill the harness": 0 };
const wrong: string[] = [];
const deadline = performance.now() + minutes * 60_000;
console.log(`seed ${seed}, ${minutes} min, ${results}`);
while (performance.now() < deadline) {
  const injected = await runOnce();
  totals.runs++;
  for (const { fault } of injected) totals[fault]++;
  const run = latest();
  totals.cases += run.cases.length;
  for (const line of contradictions(run, injected)) wrong.push(`${run.id}: ${line}`);
  console.log(`${run.id} ${run.status}: ${injected.map(({ fault }) => fault).join(", ")}`);
}
console.log(JSON.stringify(totals));
for (const line of wrong) console.log(`wrong: ${line}`);
if (wrong.length === 0) rmSync(top, { recursive: true, force: true });
process.exitCode = wrong.length === 0 ? 0 : 1;

/** One run of everything, panics of its own included, resumed as often as it is killed. */
async function runOnce(): Promise<Injected[]> {
  const injected: Injected[] = [];
  const before = existsSync(join(results, "latest")) ? latest().id : "";
  const args = [
    // One guest at a time: then a fault costs one case at most.
    ...["run", "--boot", "qemu", "-j", "1", "--cases", cases, "--timeout", "5", "--confirm", "0"],
    ...["--case", "{anon,shmem,hugetlb}*/**"],
    ...["--case", "{fault,after}/{sysrq-panic,reboot,kill-runner}"],
  ];
  let command = args;
  for (;;) {
    const running = start(command);
    const killed = await injectInto(running, before, injected);
    await running;
    if (!killed) return injected;
    command = ["resume", "latest"];
  }
}

/** Injects up to two faults at random moments; returns whether the harness was killed. */
async function injectInto(
  running: ReturnType<typeof start>,
  before: string,
  injected: Injected[],
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
    const after = verdictCount();
    if (fault === "kill the harness") {
      running.kill("SIGKILL");
      injected.push({ fault, after });
      return true;
    }
    const guests = guestsOf(running.pid as number);
    for (const pid of guests) process.kill(pid, fault === "kill QEMU" ? "SIGKILL" : "SIGSTOP");
    if (guests.length > 0) injected.push({ fault, after });
  }
  return false;
}

/** What the record says that is not so, or leaves out. */
function contradictions(run: Run, injected: readonly Injected[]): string[] {
  const lines: string[] = [];
  const ids = run.cases.map(({ id }) => id);
  if (new Set(ids).size !== ids.length) lines.push("a case is recorded twice");
  const seen = events().flatMap((one) => (one.event === "verdict" ? [one.verdict.id] : []));
  if (new Set(seen).size !== seen.length) lines.push("a case has two verdicts");
  if (run.totals.lost > 0) lines.push(`${run.totals.lost} cases are lost`);
  const own = new Set(["fault/sysrq-panic", "fault/reboot", "fault/kill-runner"]);
  for (const one of run.cases.filter(({ id }) => own.has(id))) {
    if (one.outcome !== "crash") lines.push(`${one.id} is ${one.outcome}`);
  }
  const bad = run.cases.filter(({ id, verdict }) => !own.has(id) && verdict === "regression");
  const killed = injected.filter(({ fault }) => fault === "kill QEMU").length;
  const stopped = injected.filter(({ fault }) => fault === "stop QEMU").length;
  const crashes = bad.filter(({ outcome }) => outcome === "crash");
  const timeouts = bad.filter(({ outcome }) => outcome === "timeout");
  // One that hits a booting guest, or one between two cases, costs no case.
  if (crashes.length > killed) lines.push(`${crashes.length} crashes of ${killed} killed QEMUs`);
  if (timeouts.length > stopped) lines.push(`${timeouts.length} of ${stopped} stopped QEMUs`);
  const others = bad.length - crashes.length - timeouts.length;
  if (others > 0) lines.push(`${others} failures that nobody has caused`);
  const left = guestsMarked(top);
  if (left.length > 0) lines.push(`QEMUs are left: ${left.join(", ")}`);
  return lines;
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

function verdictCount(): number {
  return events().filter(({ event }) => event === "verdict").length;
}

function latest(): Run {
  const path = join(results, "latest", "run.json");
  return runSchema.parse(JSON.parse(readFileSync(path, "utf8")));
}
