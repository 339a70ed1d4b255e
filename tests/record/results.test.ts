import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { basename, join, relative, resolve } from "node:path";
import t from "tap";
import { HarnessError, UsageError } from "../../harness/errors.ts";
import { deriveRun } from "../../harness/record/derive-run.ts";
import { openJournal } from "../../harness/record/journal.ts";
import { reproCommand } from "../../harness/record/repro.ts";
import {
  createReportDirectory,
  createRunDirectory,
  findRun,
  listRuns,
} from "../../harness/record/results.ts";
import { begin, events } from "./sample-journal.ts";

const started = new Date("2026-02-03T04:05:06Z");

t.test("two runs of one second have two directories, and latest points to the newer", async (t) => {
  const top = t.testdir({ config: "CONFIG_X=y\n" });
  const results = join(top, "results");
  const kernel = { release: "6.1.192", config: join(top, "config"), buildLog: undefined };
  const one = await createRunDirectory(results, started, kernel);
  const two = await createRunDirectory(results, started, kernel);
  t.equal(one.id, "20260203T040506-6.1.192");
  t.equal(two.id, "20260203T040506-6.1.192-2");
  t.equal(readlinkSync(join(results, "latest")), two.id);
  t.equal(readFileSync(join(one.directory, "config"), "utf8"), "CONFIG_X=y\n");
  t.same(readdirSync(results).sort(), [one.id, two.id, "latest"]);
});

t.test("runs are found by id, by path and as latest", async (t) => {
  const results = join(t.testdir(), "results");
  const kernel = { release: "", config: undefined, buildLog: undefined };
  const { id, directory } = await createRunDirectory(results, started, kernel);
  t.throws(() => findRun(results, id), UsageError, "without a journal it is no run");
  const journal = await openJournal(directory);
  await journal.append(begin);
  await journal.close();
  t.equal(findRun(results, id), directory);
  t.equal(findRun("/nowhere", directory), directory);
  t.equal(basename(findRun(results, "latest")), "latest");
  t.same(await listRuns(results), [directory]);
  t.throws(() => findRun(results, "other"), { message: /no run other in .*list runs/ });
});

t.test("the directory of a hunt is whole, wherever we stand", async (t) => {
  const results = relative(process.cwd(), t.testdir());
  const { id, directory } = await createReportDirectory(results, started, "bisect");
  t.equal(directory, resolve(results, id));
});

t.test("no place for results is the machine's fault", async (t) => {
  const kernel = { release: "", config: undefined, buildLog: undefined };
  await t.rejects(createRunDirectory("/dev/null/results", started, kernel), HarnessError);
});

t.test(
  "a repro command asks for one case on the same kernel and the same way to boot",
  async (t) => {
    const command = reproCommand(deriveRun([begin, ...events]), "anon/present/ksm");
    t.equal(
      command,
      "npx uffdwp run -k debian:6.1 --series 'a b.mbox' --boot qemu --case anon/present/ksm",
    );
  },
);
