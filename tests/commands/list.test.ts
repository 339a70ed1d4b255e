import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import t from "tap";
import { begin, end, events } from "../record/sample-journal.ts";

const uffdwp = join(import.meta.dirname, "../../harness/uffdwp.js");

t.test("a run whose harness was killed before its first line hides no other", async (t) => {
  const results = t.testdir({});
  const journals = { [begin.id]: [begin, ...events, end], "20260203T040507-6.1.192": [] };
  for (const [id, journal] of Object.entries(journals)) {
    mkdirSync(join(results, id));
    const text = journal.map((event) => `${JSON.stringify(event)}\n`).join("");
    writeFileSync(join(results, id, "journal.ndjson"), text);
  }
  const args = ["list", "runs", "--results", results, "--json"];
  const { exitCode, stdout, stderr } = await execa("node", [uffdwp, ...args], { reject: false });
  t.equal(exitCode, 0, stderr);
  t.match(JSON.parse(stdout || "{}").runs, [{ id: begin.id, status: "failed" }]);
  t.match(stderr, /20260203T040507-6\.1\.192 is left out/, "and is not passed over in silence");
});
