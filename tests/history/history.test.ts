import { appendFile, mkdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import t, { type Test } from "tap";
import { caseHistory } from "../../harness/history/case-history.ts";
import { historyFile, withHistory } from "../../harness/history/database.ts";
import { caseTrends } from "../../harness/history/overview.ts";
import type { JournalEvent } from "../../harness/record/journal-event.ts";
import type { OutcomeKind } from "../../harness/session/outcome.ts";
import { begin } from "../record/sample-journal.ts";

const ID = "shmem/swap/write";
const time = begin.time;

/** A results directory, and a cache, of this test alone. */
function place(t: Test) {
  const top = t.testdir({ results: {} });
  process.env.UFFDWP_CACHE = join(top, "cache");
  return join(top, "results");
}

function verdict(outcome: OutcomeKind, repetition = 0): JournalEvent {
  return {
    event: "verdict",
    time,
    verdict: {
      id: ID,
      suite: "survive",
      repetition,
      outcome,
      expected: "pass",
      reason: "",
      verdict: outcome === "pass" ? "ok" : "regression",
      because: "",
      durationMs: 5,
      guest: 0,
      findings: [],
      output: "",
    },
  };
}

async function addRun(results: string, name: string, kernel: string, ...outcomes: OutcomeKind[]) {
  await mkdir(join(results, name), { recursive: true });
  const events = [
    { ...begin, id: name, kernel: { ...begin.kernel, key: kernel, release: kernel } },
    ...outcomes.map(verdict),
    { event: "end", time, status: "passed", reason: "" },
  ];
  const text = events.map((event) => `${JSON.stringify(event)}\n`).join("");
  await writeFile(join(results, name, "journal.ndjson"), text);
}

const ask = (results: string) => withHistory(results, (database) => caseHistory(database, ID));

t.test("a case over runs: totals, changes, and flakes on the same kernel alone", async (t) => {
  const results = place(t);
  await addRun(results, "1", "6.1.1", "pass");
  await addRun(results, "2", "6.1.1", "pass");
  await addRun(results, "3", "6.1.2", "fail");
  await addRun(results, "4", "6.1.2", "error");
  await addRun(results, "5", "6.1.2", "pass");
  await addRun(results, "6", "6.1.3", "pass", "crash");
  t.match(await ask(results), {
    totals: { pass: 3, fail: 1, error: 1, crash: 1 },
    // 2 after 1, 5 after 3 (a lost run says nothing), and the repetitions of 6.
    flakes: { repeats: 3, different: 2 },
    changes: [
      { run: "3", from: "pass", to: "fail", release: "6.1.2" },
      { run: "5", from: "fail", to: "pass" },
      { run: "6", from: "pass", to: "crash" },
    ],
  });
  const [trend] = await withHistory(results, caseTrends);
  t.match(trend, { case: ID, runs: 5, failed: 2, repeats: 3, flakes: 2, durationMs: 5 });
  t.equal(
    await withHistory(results, (database) => caseHistory(database, "no/such/case")),
    undefined,
  );
});

t.test("the files are the truth: what is new, grown, changed or gone is noticed", async (t) => {
  const results = place(t);
  t.equal(await ask(results), undefined, "no runs at all");
  await addRun(results, "1", "k", "pass");
  t.equal((await ask(results))?.runs.length, 1);
  await addRun(results, "2", "k", "pass");
  t.equal((await ask(results))?.runs.length, 2);
  await appendFile(join(results, "2", "journal.ndjson"), `${JSON.stringify(verdict("fail", 1))}\n`);
  t.match(await ask(results), { totals: { pass: 1, fail: 1 } });
  await rm(join(results, "1"), { recursive: true });
  t.match(await ask(results), { runs: [{ run: "2" }], totals: { fail: 1 } });
});

t.test("a broken record breaks nothing", async (t) => {
  const results = place(t);
  await addRun(results, "1", "k", "pass");
  await mkdir(join(results, "2"));
  await writeFile(join(results, "2", "journal.ndjson"), "\u0000 rubbish\n{");
  await mkdir(join(results, "3"));
  await mkdir(join(results, "4"));
  await symlink("journal.ndjson", join(results, "4", "journal.ndjson"));
  await writeFile(join(results, "file"), "");
  t.equal((await ask(results))?.runs.length, 1);
});

t.test(
  "a database that is missing, damaged, locked or of another version is made anew",
  async (t) => {
    const results = place(t);
    await addRun(results, "1", "k", "pass");
    await ask(results);
    const file = historyFile(results);
    const whole = await readFile(file);
    const other = Buffer.from(whole);
    // user_version: https://www.sqlite.org/fileformat.html, 1.3, offset 60.
    other.writeUInt32BE(999, 60);
    const torn = Buffer.concat([whole.subarray(0, 4096), Buffer.alloc(whole.length - 4096, 0x5a)]);
    for (const bytes of [Buffer.from("no database at all".repeat(300)), torn, other]) {
      await writeFile(file, bytes);
      t.equal((await ask(results))?.runs.length, 1);
    }
    await rm(file);
    t.equal((await ask(results))?.runs.length, 1);
    await mkdir(`${file}.lock`);
    t.equal((await ask(results))?.runs.length, 1, "a lock that a killed process left behind");
  },
);

t.test("several ask at the same time", async (t) => {
  const results = place(t);
  for (const name of ["1", "2", "3"]) await addRun(results, name, "k", "pass");
  const answers = await Promise.all([ask(results), ask(results), ask(results)]);
  for (const answer of answers) t.equal(answer?.runs.length, 3);
});
