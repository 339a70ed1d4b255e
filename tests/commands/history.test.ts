import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import t from "tap";
import type { JournalEvent } from "../../harness/record/journal-event.ts";
import { begin, end, events } from "../record/sample-journal.ts";

const uffdwp = join(import.meta.dirname, "../../harness/uffdwp.js");
const CASE = "shmem/present/write";

t.test("of an even number of runs the median lies between the middle two", async (t) => {
  const top = t.testdir({ results: {} });
  const results = join(top, "results");
  for (const [i, durationMs] of [400, 10, 30, 20].entries()) {
    const id = `run-${i}`;
    const journal = [{ ...begin, id }, ...events, end].map((one: JournalEvent) =>
      one.event === "verdict" ? { ...one, verdict: { ...one.verdict, durationMs } } : one,
    );
    mkdirSync(join(results, id));
    const text = journal.map((event) => `${JSON.stringify(event)}\n`).join("");
    writeFileSync(join(results, id, "journal.ndjson"), text);
  }
  const env = { UFFDWP_CACHE: join(top, "cache") };
  const { stdout } = await execa("node", [uffdwp, "history", CASE, "--results", results], { env });
  t.match(stdout, /^took +25 ms \(median\)$/m);
});
