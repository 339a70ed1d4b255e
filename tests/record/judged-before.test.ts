import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import t from "tap";
import type { RunEvent } from "../../harness/record/journal-event.ts";
import { judgedBefore } from "../../harness/record/judged-before.ts";
import { begin, end, events } from "./sample-journal.ts";

// The sample's cases that have a verdict on the kernel.
const sound: RunEvent = { ...begin, cases: begin.cases.slice(0, 4) };
const told = new Set(sound.cases.map(({ id }) => id));
const verdicts = events.filter((one) => one.event !== "verdict" || told.has(one.verdict.id));

function record(results: string, name: string, lines: readonly unknown[]): string {
  mkdirSync(join(results, name), { recursive: true });
  const text = lines.map((line) => `${JSON.stringify(line)}\n`).join("");
  writeFileSync(join(results, name, "journal.ndjson"), text);
  return join(results, name);
}

t.test("the newest run of the same content is found, whatever it was called", async (t) => {
  const results = t.testdir();
  record(results, "1", [{ ...sound, id: "1" }, ...verdicts, end]);
  const two = record(results, "2", [{ ...sound, id: "2" }, ...verdicts, end]);
  record(results, "3", [{ ...sound, id: "3", image: "other" }, ...verdicts, end]);
  const elsewhere = { ...sound.job, results: "/elsewhere", formats: ["json"] };
  t.equal(await judgedBefore(results, { ...sound, job: elsewhere }), two);
});

t.test("whatever a verdict depends on makes it another one", async (t) => {
  const results = t.testdir();
  record(results, "1", [sound, ...verdicts, end]);
  const others: Partial<RunEvent>[] = [
    { kernel: { ...begin.kernel, key: "other" } },
    { kernel: { ...begin.kernel, configHash: "other" } },
    { image: "other" },
    { machine: { ...begin.machine, accel: "kvm" } as never },
    { cases: sound.cases.slice(1) },
    { job: { ...begin.job, repeat: 2 } },
    { job: { ...begin.job, timeouts: { case: 1 } } },
    { baseline: { id: "b", standings: {}, findings: [] } },
  ];
  for (const changes of others) {
    const found = await judgedBefore(results, { ...sound, ...changes });
    t.equal(found, undefined, Object.keys(changes).join());
  }
});

t.test("what was interrupted, in error, or lost a case is judged again", async (t) => {
  const results = t.testdir({ empty: { "journal.ndjson": "" }, torn: { "journal.ndjson": "{" } });
  record(results, "interrupted", [sound, ...verdicts]);
  record(results, "error", [sound, ...verdicts, { ...end, status: "error" }]);
  t.equal(await judgedBefore(results, sound), undefined);
  record(results, "lost", [begin, ...events, end]);
  t.equal(await judgedBefore(results, begin), undefined);
  t.equal(await judgedBefore(join(results, "nowhere"), sound), undefined);
});
