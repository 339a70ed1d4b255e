import t from "tap";
import { latestRun, uffdwp } from "./uffdwp.ts";

// A kernel may have to be built first.
t.setTimeout(25 * 60_000);

const HMM = "kselftest:mm/hmm-tests";
const ID = "kselftest/mm/hmm-tests";

t.test("programs of the kernel's own selftests are suites as any other", async (t) => {
  const results = t.testdir();
  const suites = ["--suite", HMM, "--suite", "kselftest:mm/userfaultfd shmem 10 1"];
  const { exitCode, stdout } = await uffdwp(["run", "--results", results, ...suites]);
  t.equal(exitCode, 0, stdout);
  const { cases, totals, guests } = latestRun(results);
  t.equal(totals.ok, cases.length);
  t.equal(guests.length, 2, "each has a guest of its own");
  const migrate = cases.find(({ id }) => id === `${ID}/hmm.hmm-device-private.migrate`);
  t.match(migrate, { suite: HMM, outcome: "pass", title: "hmm.hmm_device_private.migrate" });
  const coherent = cases.filter(({ id }) => id.includes("coherent"));
  t.equal(coherent.length, 29);
  t.ok(coherent.every(({ outcome, verdict }) => outcome === "skip" && verdict === "ok"));
  t.match(cases.at(-2), { id: ID, outcome: "pass" }, "the program's own end");
  t.match(cases.at(-1), { id: "kselftest/mm/userfaultfd/shmem-10-1", outcome: "pass" });

  const again = await uffdwp(["repro", "latest", migrate?.id ?? "", "--results", results]);
  t.match(again.stdout, `--suite ${HMM} --boot virtme-ng --case ${migrate?.id}`);
  const one = await uffdwp([
    ...["repro", "latest", migrate?.id ?? "", "--exec", "--results", results],
  ]);
  t.equal(one.exitCode, 0, one.stdout);
  t.strictSame(
    latestRun(results).cases.map(({ id }) => id),
    [migrate?.id, ID],
    "that result, and how its program ended",
  );
});

t.test("a suite that is not there ends in one line, before anything is built", async (t) => {
  const run = (suite: string, ...more: string[]) => uffdwp(["run", "--suite", suite, ...more]);
  for (const [result, words] of [
    [await run("kselftest:mm/uffd-unit-tests"), /no uffd-unit-tests\.c .*@debian:6\.12/],
    [await run("kselftest:mn/x"), /no tools\/testing\/selftests\/mn; there are: alsa/],
    [await run("kselftest:mm/test_hmm.sh"), /is a script/],
    [await run("kselftest:mm/../x"), /kselftest:mm\/uffd-unit-tests/],
    [await run(HMM, "-k", "debian-image:6.1"), /no tree to build it from/],
    [await run(HMM, "--suite", `${HMM}@debian:6.1`), /named twice/],
  ] as const) {
    t.equal(result.exitCode, 129, result.stderr);
    t.match(result.stderr, words);
    t.equal(result.stdout, "");
  }
});
