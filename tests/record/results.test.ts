import { mkdirSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { basename, join, relative, resolve } from "node:path";
import t from "tap";
import { HarnessError, UsageError } from "../../harness/errors.ts";
import { deriveRun } from "../../harness/record/derive-run.ts";
import { readJournal } from "../../harness/record/journal.ts";
import { reproCommand } from "../../harness/record/repro.ts";
import {
  beginRun,
  createReportDirectory,
  findRun,
  listRuns,
} from "../../harness/record/results.ts";
import { begin, events } from "./sample-journal.ts";

const started = new Date("2026-02-03T04:05:06Z");
const noFiles = { config: undefined, buildLog: undefined };

t.test("two runs of one second have two directories, and latest points to the newer", async (t) => {
  const top = t.testdir({ config: "CONFIG_X=y\n" });
  const results = join(top, "results");
  const files = { config: join(top, "config"), buildLog: undefined };
  const one = await beginRun(results, started, begin, files);
  const two = await beginRun(results, started, begin, files);
  await Promise.all([one, two].map(({ journal }) => journal.close()));
  const ids = ["20260203T040506-6.1.192", "20260203T040506-6.1.192-2"];
  t.same(
    [one, two].map(({ directory }) => directory),
    ids.map((id) => join(results, id)),
  );
  t.equal(readlinkSync(join(results, "latest")), ids[1]);
  t.equal(readFileSync(join(one.directory, "config"), "utf8"), "CONFIG_X=y\n");
  t.match(await readJournal(two.directory), [{ event: "run", id: ids[1] }]);
  t.same(readdirSync(results).sort(), [...ids, "latest"]);
});

t.test("runs are found by id, by path and as latest", async (t) => {
  const results = join(t.testdir(), "results");
  const { directory, journal } = await beginRun(results, started, begin, noFiles);
  await journal.close();
  const id = basename(directory);
  mkdirSync(join(results, "20260203T040507"));
  t.throws(() => findRun(results, "20260203T040507"), UsageError, "without a journal it is no run");
  t.equal(findRun(results, id), directory);
  t.equal(findRun("/nowhere", directory), directory);
  t.equal(basename(findRun(results, "latest")), "latest");
  t.same(await listRuns(results), [directory]);
  t.throws(() => findRun(results, "other"), { message: /no run other in .*list runs/ });
});

t.test("a record that can't begin leaves nothing, and latest as it was", async (t) => {
  const results = t.testdir();
  const { directory, journal } = await beginRun(results, started, begin, noFiles);
  await journal.close();
  const lost = { config: join(results, "no-config"), buildLog: undefined };
  await t.rejects(beginRun(results, started, begin, lost), {
    name: "HarnessError",
    message: /^No run can be recorded in .*: ENOENT/,
  });
  t.same(readdirSync(results).sort(), [basename(directory), "latest"]);
  t.equal(readlinkSync(join(results, "latest")), basename(directory));
});

t.test("what is about several runs is no run, and says what it is", async (t) => {
  const results = t.testdir();
  const { id } = await createReportDirectory(results, started, "mutants");
  t.throws(() => findRun(results, id), {
    name: "UsageError",
    message: /-mutants is the record of uffdwp mutants, not of a run: its report\.html /,
  });
  t.throws(() => findRun(results, "20260203T040507-mutants"), { message: /There is no run/ });
});

t.test("the directory of a hunt is whole, wherever we stand", async (t) => {
  const results = relative(process.cwd(), t.testdir());
  const { id, directory } = await createReportDirectory(results, started, "bisect");
  t.equal(directory, resolve(results, id));
});

t.test("no place for results is the machine's fault", async (t) => {
  await t.rejects(beginRun("/dev/null/results", started, begin, noFiles), HarnessError);
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
