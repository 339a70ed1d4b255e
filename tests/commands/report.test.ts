import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import t from "tap";
import { begin, end, events } from "../record/sample-journal.ts";

const uffdwp = join(import.meta.dirname, "../../harness/uffdwp.js");
const GUILTY = "shmem-private/swap/madv-dontneed";
/** What would end a workflow command or an indented block, and begin another thing. */
const HOSTILE = "a::b,title=c\r\n::stop-commands::x\n# <script>`%0A::add-mask::y";

t.test("for GitHub: annotations to its log, a summary after what the step has", async (t) => {
  const top = t.testdir({ results: { run: {} }, "summary.md": "# Before\n" });
  const journal = JSON.stringify([begin, ...events, end]).replaceAll(
    JSON.stringify(GUILTY),
    JSON.stringify(HOSTILE),
  );
  const lines = (JSON.parse(journal) as object[]).map((event) => `${JSON.stringify(event)}\n`);
  writeFileSync(join(top, "results/run/journal.ndjson"), lines.join(""));
  const summary = join(top, "summary.md");
  const report = (...args: string[]) =>
    execa("node", [uffdwp, "report", "run", "--results", join(top, "results"), ...args], {
      env: { GITHUB_STEP_SUMMARY: summary },
      reject: false,
    });

  const { exitCode, stdout } = await report("--format", "github");
  t.equal(exitCode, 0);
  const commands = stdout.split(/\r\n|\r|\n/);
  for (const line of commands) t.match(line, /^::(error|warning|notice) title=[^:,]*::/);
  t.match(stdout, /^::error title=a%3A%3Ab%2Ctitle=c%0D%0A%3A%3Astop/m);

  const text = readFileSync(summary, "utf8");
  t.match(text, /^# Before\nuffd-wp: failed\n\n {4}Base /);
  t.match(text, /stop-commands/, "the case is named");
  // Only what is ours stands outside of indented blocks, where nothing means anything to Markdown.
  const outside = text.split(/\r\n|\r|\n/).filter((line) => line !== "" && !/^ {4}/.test(line));
  t.same(outside, ["# Before", "uffd-wp: failed", "Not as expected:"]);

  await report("--format", "junit");
  t.equal(readFileSync(summary, "utf8"), text, "other formats leave the summary alone");
});
