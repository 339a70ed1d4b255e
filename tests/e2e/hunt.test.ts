import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { execa } from "execa";
import t, { type Test } from "tap";
import type { BisectRecord } from "../../harness/hunt/bisect-record.ts";
import type { KconfigRecord } from "../../harness/hunt/kconfig-record.ts";
import type { SeriesRecord } from "../../harness/hunt/series-record.ts";
import { exactly } from "../exactly.ts";
import { documented, harmless, makeHistory, replaced, swapFormUnrecognised } from "./history.ts";
import { dataFile, start, uffdwp } from "./uffdwp.ts";

// A kernel may have to be built first.
t.setTimeout(25 * 60_000);

const CASES = ["--case", "shmem-private/swap/truncate", "--boot", "qemu"];
const FAULT = "mm: overlook swap entries";
const nothing = {};
const KOBJECT = 'mm_kobj = kobject_create_and_add("mm", kernel_kobj);';
const BROKEN_BOOT = replaced("mm/mm_init.c", KOBJECT, `BUG();\n\t${KOBJECT}`);

// One path for all tests is one work tree and one build directory for all of them.
const linux = join(t.testdir({ linux: {} }), "linux");

/** Commits of the same content are the same kernels: few builds, all steps of a bisection. */
async function history(t: Test) {
  rmSync(linux, { recursive: true });
  const broken = replaced("mm/memory.c", "int hunted = 1;", "int hunted = ;");
  const mended = replaced("mm/memory.c", "\nint hunted = ;\n", "");
  const shas = await makeHistory(linux, [
    { subject: "mm: nothing at all", edits: nothing },
    { subject: "mm: count what is mapped", edits: harmless("mm/memory.c", "hunted") },
    { subject: "mm: break the build", edits: broken },
    { subject: "mm: mend the build, break the boot", edits: { ...mended, ...BROKEN_BOOT } },
    {
      subject: "mm: mend the boot",
      edits: replaced("mm/mm_init.c", `BUG();\n\t${KOBJECT}`, KOBJECT),
    },
    { subject: FAULT, edits: swapFormUnrecognised },
    { subject: "mm: say more about swap", edits: documented("swap") },
    { subject: "mm: nothing again", edits: nothing },
  ]);
  return { linux, shas, results: t.testdir({}) };
}

function git(cwd: string, ...args: string[]): string {
  return execFileSync("git", ["-C", cwd, ...args], { encoding: "utf8" });
}

t.test(
  "a bisection finds the commit, skips what does not build, and touches nothing",
  async (t) => {
    const { linux, shas, results } = await history(t);
    const before = git(linux, "for-each-ref") + readdirSync(join(linux, ".git")).join();
    const ends = ["--good", "main~8", "--bad", "main"];
    const near = ["--results", relative(process.cwd(), results)];
    const args = ["bisect", "-k", linux, ...ends, ...CASES, ...near, "--json"];
    const { exitCode, stdout, stderr } = await uffdwp(args);
    t.equal(exitCode, 0, stderr);
    const { firstBad, steps, confidence, evidence, log, id } = JSON.parse(stdout) as BisectRecord;
    t.match(firstBad, { sha: shas[6], subject: FAULT, author: /A Developer/, date: /^2026-/ });
    const skips = steps.filter(({ verdict }) => verdict === "skip").map(({ why }) => why);
    t.match(skips.join("\n"), /did not reach the guest's init: .*BUG/, "no boot");
    t.ok(
      steps.some(({ reused }) => reused),
      "the same kernel is not asked twice",
    );
    t.ok(confidence > 0.95);
    t.match(evidence.bad?.why, /shmem-private\/swap\/truncate fails, 3 of 3 times/);
    t.ok(existsSync(join(results, id, evidence.bad?.run ?? "", "report.html")));
    t.ok(existsSync(join(results, id, evidence.good?.run ?? "", "report.html")));
    t.match(readFileSync(join(results, id, "report.html"), "utf8"), new RegExp(shas[6] as string));
    t.match(log, new RegExp(`# first bad commit: \\[${shas[6]}\\]`));
    t.equal(git(linux, "for-each-ref") + readdirSync(join(linux, ".git")).join(), before);

    const exchanged = await uffdwp([
      ...["bisect", "-k", linux, "--good", "main", "--bad", "main~8", ...CASES],
      ...["--results", results],
    ]);
    t.equal(exchanged.exitCode, 129);
    t.match(exchanged.stderr, /--bad \w+ shows nothing that --good \w+ does not/);

    // An end that does not build can't be told from the symptom, whether that is named or not.
    const named = ["--symptom", "shmem-private/swap/truncate=fail", "--results", results];
    const unbuilt = ["--good", "main~8", "--bad", shas[3] as string];
    const untestable = await uffdwp(["bisect", "-k", linux, ...unbuilt, ...named]);
    t.equal(untestable.exitCode, 125);
    t.match(untestable.stderr, /--bad \w+ can't be judged.*does not build/);
  },
);

t.test("an interrupted bisection goes on where it was", async (t) => {
  const { linux, shas, results } = await history(t);
  const ends = ["--good", "main~8", "--bad", "main"];
  const args = ["bisect", "-k", linux, ...ends, ...CASES, "--results", results];
  const running = start(args);
  const journal = () => {
    const [hunt] = readdirSync(results).filter((name) => /bisect/.test(name));
    const path = hunt && join(results, hunt, "hunt.ndjson");
    return path && existsSync(path) ? readFileSync(path, "utf8").trim().split("\n") : [];
  };
  while (journal().length < 2) await wait(50);
  running.kill("SIGINT");
  const { exitCode, stderr } = await running;
  t.equal(exitCode, 130);
  const [, id = ""] = /npx uffdwp resume (\S+)/.exec(stderr) ?? [];
  const decided = journal().slice(1);
  const resumed = await uffdwp(["resume", id, "--results", results, "--json"]);
  t.equal(resumed.exitCode, 0, resumed.stderr);
  t.equal(JSON.parse(resumed.stdout).firstBad.sha, shas[6]);
  t.same(journal().slice(1, 1 + decided.length), decided, "and asks nothing twice");
});

t.test("git bisect run understands uffdwp run", async (t) => {
  const { linux, shas, results } = await history(t);
  git(linux, "bisect", "start", "--no-checkout", "main", "main~8");
  const program = join(import.meta.dirname, "../../harness/uffdwp.js");
  const run = [process.execPath, program, "run", "-k", ".@BISECT_HEAD", ...CASES];
  const args = ["bisect", "run", ...run, "--results", results];
  const { stdout } = await execa("git", args, { cwd: linux, reject: false });
  t.match(stdout, `${shas[6]} is the first bad commit`);
});

t.test(
  "a series is told patch by patch: the same kernel, a fault, a build that fails",
  async (t) => {
    const { linux, results } = await history(t);
    const { exitCode, stdout, stderr } = await uffdwp([
      ...["series", "-k", linux, "main~6..main~1", ...CASES, "--results", results, "--json"],
    ]);
    t.equal(exitCode, 1, stderr);
    const { patches } = JSON.parse(stdout) as SeriesRecord;
    t.match(
      patches,
      exactly([
        {
          subject: "mm: break the build",
          applies: true,
          builds: false,
          boots: null,
          changes: exactly([]),
        },
        {
          subject: "mm: mend the build, break the boot",
          builds: true,
          boots: false,
          changes: exactly([]),
        },
        { subject: "mm: mend the boot", builds: true, boots: true, changes: exactly([]) },
        {
          subject: FAULT,
          sameKernel: false,
          changes: exactly([{ case: "shmem-private/swap/truncate", from: "ok", to: "regression" }]),
        },
        { subject: "mm: say more about swap", sameKernel: true, changes: exactly([]) },
      ]),
    );
    t.match(patches[0]?.why, /memory\.c:\d+:\d+: error/);

    const series = ["--series", dataFile("does-not-apply.mbox")];
    const lost = await uffdwp(["series", ...series, ...CASES, "--results", results]);
    t.equal(lost.exitCode, 125, lost.stderr);
    t.match(lost.stdout, /1 does not apply +mm: let pte_install_uffd_wp_if_needed\(\) lose/);
  },
);

t.test("of two configurations, the options that make the difference are named", async (t) => {
  const top = t.testdir({ results: {} });
  const [good, bad] = [join(top, "good.config"), join(top, "bad.config")];
  // Without KVM, KVM_INTEL does not stick: every mixture is one of two kernels.
  writeFileSync(good, "CONFIG_PTE_MARKER_UFFD_WP=y\nCONFIG_SHMEM=y\n");
  const more = "CONFIG_KVM_INTEL=y\nCONFIG_KVM_AMD=y\nCONFIG_SHMEM=y\n";
  writeFileSync(bad, `# CONFIG_PTE_MARKER_UFFD_WP is not set\n${more}`);
  const { exitCode, stdout, stderr } = await uffdwp([
    ...["bisect", "--kconfig", good, bad, "--symptom", "shmem/marker/truncate=skip"],
    ...["--boot", "qemu", "--results", join(top, "results"), "--json"],
  ]);
  t.equal(exitCode, 0, stderr);
  const { options, steps, firstBad } = JSON.parse(stdout) as KconfigRecord;
  t.equal(firstBad, null);
  t.same(options, [{ option: "CONFIG_PTE_MARKER_UFFD_WP", good: "y", bad: "n" }]);
  t.ok(
    steps.every(({ reused }) => reused),
    "no mixture is a new kernel",
  );
});
