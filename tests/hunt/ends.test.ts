import t from "tap";
import { DEFAULTS, type Job } from "../../harness/plan/job.ts";
import { silent } from "../../harness/process/progress.ts";
import { deriveRun } from "../../harness/record/derive-run.ts";
import { begin, end, events } from "../record/sample-journal.ts";

const view = { ...silent, verdict() {} };

t.test("without the cache each end is built once, however often it is asked", async (t) => {
  const bad = { ...deriveRun([begin, ...events, end]), findings: [] };
  const cases = bad.cases.map((one) => ({ ...one, outcome: "pass", verdict: "ok" }));
  const asked: string[] = [];
  const runJob = async ({ kernel, cache }: Job) => {
    asked.push(`${kernel} ${cache ? "from the store" : "built"}`);
    return { run: kernel === "bad" ? bad : { ...bad, cases }, directory: "" };
  };
  const { checkEnds } = (await t.mockImport("../../harness/hunt/ends.ts", {
    "../../harness/run/run.ts": { runJob },
  })) as typeof import("../../harness/hunt/ends.ts");
  const endAt = (kernel: string) => ({
    name: kernel,
    job: { ...DEFAULTS, kernel, cache: false },
  });
  const symptom = { cases: [{ id: "shmem-private/swap/madv-dontneed", outcome: null }] };

  await checkEnds(endAt("bad"), [endAt("good")], null, view);
  t.same(asked.splice(0), [
    "bad built",
    "good built",
    "bad from the store",
    "bad from the store",
    "good from the store",
  ]);

  await checkEnds(endAt("bad"), [endAt("good")], { ...symptom, titles: [], usual: [] }, view);
  t.same(asked, ["bad built", "bad from the store", "good built"], "the symptom is named");
});
