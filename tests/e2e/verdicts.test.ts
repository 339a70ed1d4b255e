import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import t from "tap";
import { exactly } from "../exactly.ts";
import { dataFile, latestRun, uffdwp, verdicts } from "./uffdwp.ts";

// A kernel may have to be built first.
t.setTimeout(25 * 60_000);

t.test(
  "a sound kernel passes every case, by both ways to boot, with the same verdicts",
  async (t) => {
    const results = t.testdir();
    const byQemu = await uffdwp(["run", "--boot", "qemu", "--results", results]);
    t.equal(byQemu.exitCode, 0, byQemu.stderr);
    const one = latestRun(results);
    const byVirtme = await uffdwp(["run", "--boot", "virtme-ng", "--results", results]);
    t.equal(byVirtme.exitCode, 0, byVirtme.stderr);
    const two = latestRun(results);

    t.match(one, {
      status: "passed",
      machine: { boot: "qemu" },
      kernel: { buildId: /^[0-9a-f]{40}$/ },
    });
    t.match(two, { status: "passed", machine: { boot: "virtme-ng" } });
    t.same(verdicts(two), verdicts(one));
    t.equal(one.totals.ok + one.totals.known, one.cases.length);
    t.ok(one.cases.length >= 24);
    t.same(one.findings, []);
    for (const file of ["report.html", "junit.xml", "ktap.txt", "config", "build.log"]) {
      t.ok(existsSync(join(results, "latest", file)), file);
    }
  },
);

t.test("each channel has its own log, and the kernel's has a mark for each case", async (t) => {
  const results = t.testdir();
  const ids = ["anon/present/write", "shmem/marker/read"];
  const args = ids.flatMap((id) => ["--case", id]);
  for (const boot of ["qemu", "virtme-ng"]) {
    const { exitCode, stdout } = await uffdwp([
      "run",
      "--boot",
      boot,
      "--results",
      results,
      ...args,
    ]);
    t.equal(exitCode, 0, stdout);
    const log = (name: string) => readFileSync(join(results, "latest", "guest-0", name), "utf8");
    for (const id of ids) {
      t.match(log("console.log"), new RegExp(`uffdwp: begin \\d ${id}\\r?\\n`));
      t.match(log("cases.log"), new RegExp(`^ok 1 ${id}$`, "m"));
      t.notMatch(log("console.log"), new RegExp(`^ok 1 ${id}$`, "m"));
    }
  }
});

t.test("the review question: an unrecognised swap form turns exactly its zaps red", async (t) => {
  const results = t.testdir();
  const series = dataFile("swap-form-unrecognised.mbox");
  const { exitCode, stdout } = await uffdwp([
    ...["run", "--series", series, "--confirm", "1", "--results", results],
  ]);
  t.equal(exitCode, 1);
  const run = latestRun(results);
  t.equal(run.status, "failed");
  const red = run.cases.filter(({ verdict }) => verdict === "regression").map(({ id }) => id);
  const both = (names: readonly string[]) => names.flatMap((name) => [name, `${name}-then-read`]);
  const zaps = both(["madv-dontneed", "madv-dontneed-twice", "truncate"]);
  // Entries of device-private and device-exclusive pages are swap entries in form.
  const expected = ["swap", "device", "exclusive"].flatMap((form) =>
    [...zaps, ...both(["madv-dontneed-locked"]), "two-vmas-madv-dontneed"].map(
      (zap) => `shmem-private/${form}/${zap}`,
    ),
  );
  for (const zap of ["madv-dontneed-table", "remove-event-madv-dontneed"]) {
    expected.push(`shmem-private/swap/${zap}`);
  }
  // And so are migration entries, which stand in for pages of the file as well.
  expected.push(...zaps.map((zap) => `shmem-private/migration/${zap}`));
  for (const mapping of ["shmem", "shmem-private-cache"]) {
    const all = [...zaps, ...both(["punch-hole"])];
    expected.push(...all.map((zap) => `${mapping}/migration/${zap}`));
  }
  t.same(red.sort(), expected.sort());
  t.equal(run.totals.ok + run.totals.known + red.length, run.cases.length);
  t.match(stdout, /51 regressions/);
  t.match(
    stdout,
    /npx uffdwp run .*--series .*--case shmem[-a-z]*\/(swap|device|exclusive|migration)\//,
  );

  const again = await uffdwp([
    "repro",
    "latest",
    "shmem-private/swap/truncate",
    "--results",
    results,
    "--exec",
  ]);
  t.equal(again.exitCode, 1, "repro --exec shows it again");
  t.equal(latestRun(results).cases.length, 1);
});

t.test("a patch that does not apply makes the kernel untestable", async (t) => {
  const results = t.testdir();
  const series = dataFile("does-not-apply.mbox");
  const { exitCode, stderr } = await uffdwp(["run", "--series", series, "--results", results]);
  t.equal(exitCode, 125);
  t.match(stderr, /Patch 1 of 1 does not apply: mm: let pte_install_uffd_wp_if_needed\(\) lose/);
  t.match(stderr, /at include\/linux\/mm_inline\.h:574\n[\s\S]*pte_swp_of_another_kernel/);
  t.match(latestRun(results), { status: "untestable", machine: null, cases: exactly([]) });
});

t.test("an option that does not stick is named with what it needs", async (t) => {
  const text = "# Asks for what needs more.\nCONFIG_KVM_INTEL=y\nCONFIG_NO_SUCH_THING=y\n";
  const top = t.testdir({ "mine.config": text });
  const { exitCode, stderr } = await uffdwp([
    ...["run", "--kconfig", join(top, "mine.config"), "--results", join(top, "results")],
  ]);
  t.equal(exitCode, 125);
  t.match(stderr, /CONFIG_KVM_INTEL=y \(kconfig mine\) became n: it needs .*KVM/);
  t.match(stderr, /CONFIG_NO_SUCH_THING=y .*6\.1\.\d+ has no such option/);
});

t.test("a kernel without markers skips what it can't do, and nothing else", async (t) => {
  const results = t.testdir();
  const { exitCode } = await uffdwp(["run", "--kconfig", "no-marker", "--results", results]);
  t.equal(exitCode, 0);
  const { cases } = latestRun(results);
  const mapping = (id: string) => id.split("/")[0];
  const wrong = cases.filter(({ id, outcome, verdict, because }) => {
    const skipped = outcome === "skip";
    // What 6.1 has not got skips, whatever the mapping.
    const later = /has no kernel \d/.test(because);
    return verdict === "ok" && skipped === (mapping(id) === "anon") && !later;
  });
  t.same(wrong, [], "file-backed cases skip, anonymous ones don't");
});
