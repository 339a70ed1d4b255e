import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import t from "tap";
import type { JournalEvent } from "../../harness/record/journal-event.ts";
import { exactly } from "../exactly.ts";
import { begin, end, events } from "../record/sample-journal.ts";

const program = join(import.meta.dirname, "../../harness/uffdwp.js");

async function compare(results: string, from: string, to: string, ...flags: string[]) {
  const args = [program, "compare", from, to, "--results", results, ...flags];
  const { exitCode, stdout, stderr } = await execa(process.execPath, args, { reject: false });
  return { exitCode, stdout, stderr };
}

function record(results: string, name: string, lines: readonly unknown[]): void {
  mkdirSync(join(results, name), { recursive: true });
  const text = lines.map((line) => `${JSON.stringify(line)}\n`).join("");
  writeFileSync(join(results, name, "journal.ndjson"), text);
}

/** The sample's events, with the failure mended. */
const mended = events.map((event): JournalEvent => {
  const failed = event.event === "verdict" && event.verdict.verdict === "regression";
  if (!failed) return event;
  const good = { outcome: "pass", verdict: "ok", reason: "", findings: [] } as const;
  return { ...event, verdict: { ...event.verdict, ...good } };
});

t.test("what got worse is told, to the shell as well", async (t) => {
  const results = t.testdir();
  record(results, "good", [{ ...begin, id: "good" }, ...mended, end]);
  record(results, "bad", [{ ...begin, id: "bad" }, ...events, end]);
  const worse = await compare(results, "good", "bad");
  t.equal(worse.exitCode, 1, worse.stderr);
  t.match(worse.stdout, /^From {5}good: 6\.1\.192/);
  t.match(
    worse.stdout,
    /worse {4}shmem-private\/swap\/madv-dontneed: pass → fail\n +pagemap: page 0/,
  );
  t.match(worse.stdout, /1 worse, 0 better, 0 new, 0 gone, 0 flaky/);

  const better = await compare(results, "bad", join(results, "good"), "--json");
  t.equal(better.exitCode, 0);
  t.match(JSON.parse(better.stdout), {
    worse: exactly([]),
    new: exactly([]),
    gone: exactly([]),
    flaky: exactly([]),
    better: exactly([{ case: "shmem-private/swap/madv-dontneed", from: "regression", to: "ok" }]),
  });
});

t.test("whoever wants colours without a terminal gets them", async (t) => {
  const results = t.testdir();
  record(results, "good", [{ ...begin, id: "good" }, ...mended, end]);
  record(results, "bad", [{ ...begin, id: "bad" }, ...events, end]);
  const args = [program, "compare", "good", "bad", "--results", results];
  const isColored = async (env: Record<string, string>) =>
    (await execa(process.execPath, args, { reject: false, env })).stdout.includes("\x1b[");
  t.ok(await isColored({ FORCE_COLOR: "1", NO_COLOR: "" }));
  t.notOk(await isColored({ FORCE_COLOR: "1", NO_COLOR: "1" }));
  t.notOk(await isColored({ FORCE_COLOR: "", NO_COLOR: "" }));
});

t.test("the comparison as a page leads into both runs, from wherever it lies", async (t) => {
  const results = t.testdir({ pages: {} });
  record(results, "good", [{ ...begin, id: "good" }, ...mended, end]);
  record(results, "b#d", [{ ...begin, id: "b#d" }, ...events, end]);
  const page = join(results, "pages", "worse.html");
  const { exitCode, stderr } = await compare(results, "good", "b#d", "--html", page);
  t.equal(exitCode, 1, stderr);
  const text = readFileSync(page, "utf8");
  t.match(text, /<h1>1 worse, 0 better<\/h1>/);
  t.match(text, /href="\.\.\/good\/report\.html"/);
  t.match(
    text,
    /href="\.\.\/b%23d\/report\.html#case-shmem-private\/swap\/madv-dontneed">shmem-private/,
  );
  t.notMatch(text, /<script|src=|href="http/, "it needs nothing else");
  const nowhere = join(results, "no", "such.html");
  const lost = await compare(results, "good", "b#d", "--html", nowhere);
  t.equal(lost.exitCode, 128);
  t.match(lost.stderr, /such\.html can't be written/);
});

t.test("what can't be compared is said, and why", async (t) => {
  const results = t.testdir();
  record(results, "good", [begin, ...events, end]);
  record(results, "half", [{ ...begin, id: "half" }, ...events]);
  record(results, "future", [{ ...begin, schema: 2 }, ...events, end]);
  record(results, "broken", [
    { ...begin, id: "broken", machine: null, cases: [] },
    { ...end, status: "untestable", reason: "Patch 1 does not apply\nat mm/memory.c" },
  ]);
  mkdirSync(join(results, "empty"));
  appendFileSync(join(results, "empty", "journal.ndjson"), "");
  const inputs: [string, number, RegExp][] = [
    ["nope", 129, /There is no run nope/],
    ["half", 129, /half was interrupted.*\buffdwp resume half$/],
    ["future", 129, /has schema 2; this uffdwp reads schema 1/],
    ["empty", 129, /does not begin with a run/],
    ["broken", 125, /broken has no verdicts.*Patch 1 does not apply$/],
  ];
  const both = inputs.flatMap(([name, ...expected]) => [
    [name, "good", ...expected] as const,
    ["good", name, ...expected] as const,
  ]);
  await Promise.all(
    both.map(async ([from, to, code, message]) => {
      const { exitCode, stdout, stderr } = await compare(results, from, to);
      t.same([exitCode, stdout], [code, ""], `${from} ${to}`);
      t.match(stderr, message);
    }),
  );
  t.equal((await compare(results, "good", "")).exitCode, 129, "no name is no run");
});
