// What must hold after every run, whatever kernel, machine or person has done to it.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Test } from "tap";
import { deriveRun } from "../../harness/record/derive-run.ts";
import { readJournal } from "../../harness/record/journal.ts";
import type { JournalEvent } from "../../harness/record/journal-event.ts";
import type { Run } from "../../harness/record/run-schema.ts";
import { start } from "./uffdwp.ts";

/** A place of its own for everything that a run makes, and what there was before. */
export interface Stage {
  readonly results: string;
  /** Starts uffdwp with `--results` on this stage. */
  run(args: readonly string[], env?: Record<string, string>): ReturnType<typeof start>;
  /** Processes that this stage has started and that are still there. */
  processes(): string[];
  /** Fails the test for every process, mount or file that is left; returns the record. */
  sound(t: Test): Promise<Run>;
}

export function stage(t: Test): Stage {
  // Not below testdir(): the path of a socket has a hundred characters at most.
  const top = mkdtempSync(join(tmpdir(), "uft-"));
  t.teardown(() => rmSync(top, { recursive: true, force: true }));
  const [results, temporary] = [join(top, "results"), join(top, "t")];
  for (const directory of [results, temporary]) mkdirSync(directory);
  const mounts = readFileSync("/proc/self/mounts", "utf8");
  const mark = `UFFDWP_STAGE=${temporary}`;
  const processes = () => readdirSync("/proc").filter((pid) => isMarked(pid, mark));
  return {
    results,
    run: (args, env = {}) =>
      start([...args, "--results", results], {
        TMPDIR: temporary,
        UFFDWP_STAGE: temporary,
        ...env,
      }),
    processes,
    async sound(t) {
      t.same(processes(), [], "no process is left");
      t.same(readdirSync(temporary), [], "no temporary file is left");
      t.equal(readFileSync("/proc/self/mounts", "utf8"), mounts, "no mount is left");
      const recorded = readdirSync(results, { recursive: true }) as string[];
      t.same(
        recorded.filter((name) => /(^|\/)\./.test(name)),
        [],
        "nothing half-written is left",
      );
      return soundRecord(t, results);
    },
  };
}

async function soundRecord(t: Test, results: string): Promise<Run> {
  const directory = join(results, "latest");
  const [begin, ...events] = await readJournal(directory);
  const run = deriveRun([begin, ...events]);
  t.same(JSON.parse(readFileSync(join(directory, "run.json"), "utf8")), run, "run.json is whole");
  const planned = begin.cases.flatMap(({ id }) =>
    Array.from({ length: begin.job.repeat }, (_, repetition) => `${id} ${repetition}`),
  );
  const recorded = run.cases.map(({ id, repetition }) => `${id} ${repetition}`);
  t.same(recorded.sort(), planned.sort(), "every planned case is recorded once, and no other");
  t.same(twice(events), [], "nothing has two verdicts");
  t.same(sufferers(run), [], "whoever comes after a crash or a time limit has a fresh guest");
  for (const { file, line, lines } of run.findings) {
    const log = readFileSync(join(directory, file), "utf8").split("\n");
    t.ok(log[line - 1]?.includes(lines[0] ?? "?"), `${file}:${line} has the finding`);
  }
  return run;
}

function twice(events: readonly JournalEvent[]): string[] {
  const turns = events.flatMap((one) =>
    one.event === "verdict" ? [`${one.verdict.id} ${one.verdict.repetition}`] : [],
  );
  return turns.filter((turn, i) => turns.indexOf(turn) < i);
}

/** Cases that began in a guest after it was lost. */
function sufferers({ cases }: Run): string[] {
  const lost = cases.filter(({ outcome }) => outcome === "crash" || outcome === "timeout");
  return lost.flatMap((guilty) =>
    cases
      .filter(({ guest, started }) => guest === guilty.guest && later(started, guilty.started))
      .map(({ id }) => `${id} after ${guilty.id}`),
  );
}

function later(one: string | null, other: string | null): boolean {
  return one !== null && other !== null && one > other;
}

function isMarked(pid: string, mark: string): boolean {
  if (!/^\d+$/.test(pid)) return false;
  try {
    const zombie = /\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
    return !zombie && readFileSync(`/proc/${pid}/environ`, "utf8").includes(mark);
  } catch {
    return false;
  }
}
