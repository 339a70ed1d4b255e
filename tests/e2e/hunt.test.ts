import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { execa } from "execa";
import t, { type Test } from "tap";
import type { BisectRecord, BisectStep } from "../../harness/hunt/bisect-record.ts";
import type { KconfigRecord } from "../../harness/hunt/kconfig-record.ts";
import type { SeriesRecord } from "../../harness/hunt/series-record.ts";
import { exactly } from "../exactly.ts";
import {
  brokenBoot,
  type Change,
  documented,
  LONG,
  longHistory,
  makeHistory,
  mendedBoot,
  replaced,
  reworded,
  swapFormUnrecognised,
  unusedVariable,
  withoutMarkers,
} from "./history.ts";
import { dataFile, start, uffdwp } from "./uffdwp.ts";

// A kernel may have to be built first.
t.setTimeout(25 * 60_000);

const CASES = ["--case", "shmem-private/swap/truncate", "--boot", "qemu"];
const ENDS = ["--good", `main~${LONG.commits}`, "--bad", "main"];
const FAULT = `mm: change ${LONG.faulty}`;
const nothing = {};

// One path for all tests is one work tree and one build directory for all of them.
const linux = join(t.testdir({ linux: {} }), "linux");

async function history(t: Test, changes: readonly Change[]) {
  rmSync(linux, { recursive: true });
  const shas = await makeHistory(linux, changes);
  return { linux, shas, results: t.testdir({}) };
}

/** Commits of the same content are the same kernels: few builds, all steps of a bisection. */
function toBisect(t: Test) {
  const rewordedAt = LONG.notBooting + 2;
  return history(
    t,
    longHistory((n) => (n === rewordedAt ? reworded : nothing)),
  );
}

function git(cwd: string, ...args: string[]): string {
  return execFileSync("git", ["-C", cwd, ...args], { encoding: "utf8" });
}

t.test(
  "a bisection finds the commit, skips what can't be judged, and touches nothing",
  async (t) => {
    const { linux, shas, results } = await toBisect(t);
    const before = git(linux, "for-each-ref") + readdirSync(join(linux, ".git")).join();
    const near = ["--results", relative(process.cwd(), results)];
    const args = ["bisect", "-k", linux, ...ENDS, ...CASES, ...near, "--json"];
    const { exitCode, stdout, stderr } = await uffdwp(args);
    t.equal(exitCode, 0, stderr);
    const { firstBad, ends, steps, confidence, evidence, log, id } = JSON.parse(
      stdout,
    ) as BisectRecord;
    const guilty = shas[LONG.faulty] as string;
    t.match(firstBad, { sha: guilty, subject: FAULT, author: /A Developer/, date: /^2026-/ });
    const skips = steps.filter(({ verdict }) => verdict === "skip").map(({ why }) => why);
    t.match(skips.join("\n"), /does not build: .*fatal error: linux\/no-such-file\.h/);
    t.match(skips.join("\n"), /did not reach the guest's init: .*BUG/, "no boot");
    t.ok(confidence > 0.95);
    t.match(evidence.bad?.why, /shmem-private\/swap\/truncate fails, 3 of 3 times/);
    t.ok(existsSync(join(results, id, evidence.bad?.run ?? "", "report.html")));
    t.ok(existsSync(join(results, id, evidence.good?.run ?? "", "report.html")));
    t.match(readFileSync(join(results, id, "report.html"), "utf8"), new RegExp(guilty));
    t.match(log, new RegExp(`# first bad commit: \\[${guilty}\\]`));
    t.equal(readFileSync(join(results, id, "bisect.log"), "utf8"), `${log}\n`);
    t.equal(git(linux, "for-each-ref") + readdirSync(join(linux, ".git")).join(), before);

    // All that is good is the good end's kernel, a comment apart; all that is bad is the bad end's.
    const judged = steps.filter(({ verdict }) => verdict !== "skip");
    const ofEnd = ({ verdict }: BisectStep) => ends.find((end) => end.verdict === verdict)?.run;
    for (const step of judged) t.match(step, { reused: true, run: ofEnd(step) }, step.subject);
    const apart = judged.filter(({ sha, verdict }) => {
      return verdict === "good" && shas.indexOf(sha) > LONG.notBooting + 1;
    });
    t.not(apart.length, 0, "a kernel that is built from another comment");

    const exchanged = await uffdwp([
      ...["bisect", "-k", linux, "--good", "main", "--bad", `main~${LONG.commits}`, ...CASES],
      ...["--results", results],
    ]);
    t.equal(exchanged.exitCode, 129);
    t.match(exchanged.stderr, /--bad \w+ shows nothing that --good \w+ does not/);

    // An end that does not build can't be told from the symptom, whether that is named or not.
    const named = ["--symptom", "shmem-private/swap/truncate=fail", "--results", results];
    const unbuilt = ["--good", shas[0] as string, "--bad", shas[LONG.notBuilding[0]] as string];
    const untestable = await uffdwp(["bisect", "-k", linux, ...unbuilt, ...named]);
    t.equal(untestable.exitCode, 125);
    t.match(untestable.stderr, /--bad \w+ can't be judged.*does not build/);
  },
);

t.test("an interrupted bisection goes on where it was", async (t) => {
  const { linux, shas, results } = await toBisect(t);
  const args = ["bisect", "-k", linux, ...ENDS, ...CASES, "--results", results];
  const running = start(args);
  const decided = (): BisectStep[] => {
    const [hunt] = readdirSync(results).filter((name) => /bisect/.test(name));
    const path = hunt && join(results, hunt, "hunt.ndjson");
    const text = path && existsSync(path) ? readFileSync(path, "utf8") : "";
    // The last line may not be whole yet.
    const lines = text.split("\n").slice(1, -1);
    return lines.map((line) => JSON.parse(line).step);
  };
  while (decided().length < 2) await wait(50);
  running.kill("SIGINT");
  const { exitCode, stderr } = await running;
  t.equal(exitCode, 130);
  const [, id = ""] = /npx uffdwp resume (\S+)/.exec(stderr) ?? [];
  const before = decided();
  const resumed = await uffdwp(["resume", id, "--results", results, "--json"]);
  t.equal(resumed.exitCode, 0, resumed.stderr);
  const { firstBad, steps } = JSON.parse(resumed.stdout) as BisectRecord;
  t.equal(firstBad?.sha, shas[LONG.faulty]);
  t.ok(steps.length > before.length, "something was left to ask");
  t.strictSame(steps.slice(0, before.length), before, "what was decided stands, with its run");
  const asked = decided().map(({ sha }) => sha);
  t.strictSame(asked, [...new Set(asked)], "nothing is asked twice");
  t.strictSame(decided(), steps);
});

t.test("git bisect run understands uffdwp run", async (t) => {
  const { linux, shas, results } = await toBisect(t);
  // A part of it: what git bisect asks of us here is not kept from one question to the next.
  const [good, bad] = [shas[LONG.notBooting + 1], shas[LONG.faulty + 5]] as [string, string];
  git(linux, "bisect", "start", "--no-checkout", bad, good);
  const program = join(import.meta.dirname, "../../harness/uffdwp.js");
  const run = [process.execPath, program, "run", "-k", ".@BISECT_HEAD", ...CASES];
  const args = ["bisect", "run", ...run, "--results", results];
  const { stdout } = await execa("git", args, { cwd: linux, reject: false });
  t.match(stdout, `${shas[LONG.faulty]} is the first bad commit`);
});

t.test("a series is told patch by patch, each by what it changes itself", async (t) => {
  const broken = replaced("mm/memory.c", "#include <linux/mman.h>", "#include <linux/none.h>");
  const mended = replaced("mm/memory.c", "#include <linux/none.h>", "#include <linux/mman.h>");
  const { linux, results } = await history(t, [
    { subject: "mm: break the build", edits: broken },
    { subject: "mm: mend the build", edits: mended },
    {
      subject: "mm: break the boot",
      edits: { ...brokenBoot, ...unusedVariable("mm/madvise.c", "hunted") },
    },
    { subject: "mm: mend the boot", edits: mendedBoot },
    { subject: "mm: overlook swap entries", edits: swapFormUnrecognised },
    { subject: "mm: say more about swap", edits: documented("swap") },
    { subject: "mm: have no markers", edits: withoutMarkers },
  ]);
  const other = ["--case", "shmem-private/present/truncate"];
  const { exitCode, stdout, stderr } = await uffdwp([
    ...["series", "-k", linux, "main~7..main", ...CASES, ...other, "--results", results, "--json"],
  ]);
  t.equal(exitCode, 1, stderr);
  const { id, patches } = JSON.parse(stdout) as SeriesRecord;
  const none = { changes: exactly([]), findings: exactly([]), warnings: exactly([]) };
  const judged = { applies: true, options: true, builds: true, boots: true };
  t.match(
    patches,
    exactly([
      { ...none, applies: true, options: true, builds: false, boots: null },
      { ...none, ...judged, sameKernel: true, subject: "mm: mend the build" },
      {
        ...none,
        ...{ options: true, builds: true, boots: false },
        warnings: exactly([/^mm\/madvise\.c: unused variable .unused./]),
      },
      { ...none, ...judged, subject: "mm: mend the boot" },
      {
        ...none,
        ...judged,
        sameKernel: false,
        changes: exactly([{ case: "shmem-private/swap/truncate", from: "ok", to: "regression" }]),
      },
      { ...none, ...judged, sameKernel: true },
      { ...none, applies: true, options: false, builds: null, boots: null },
    ]),
  );
  t.match(patches[0]?.why, /memory\.c:\d+:\d+: fatal error/);
  t.match(patches[2]?.why, /did not reach the guest's init: .*BUG/);
  t.match(patches[6]?.why, /CONFIG_PTE_MARKER_UFFD_WP/);

  // Nothing is left to be tested: what is told is what was decided before.
  const told = await uffdwp(["resume", id, "--results", results]);
  t.equal(told.exitCode, 1, told.stderr);
  const lines = told.stdout.split("\n").filter((line) => /^ {2}\d |shmem|new warning/.test(line));
  t.match(
    lines,
    exactly([
      /^ {2}1 does not build +mm: break the build$/,
      /^ {2}2 same kernel +mm: mend the build$/,
      /^ {2}3 does not boot +mm: break the boot$/,
      /^ {6}new warning: mm\/madvise\.c: unused variable .unused./,
      /^ {2}4 no change +mm: mend the boot$/,
      /^ {2}5 1 worse +mm: overlook swap entries$/,
      /^ {6}shmem-private\/swap\/truncate: ok → regression \(/,
      /^ {2}6 same kernel +mm: say more about swap$/,
      /^ {2}7 options are lost +mm: have no markers$/,
    ]),
    told.stdout,
  );

  const series = ["--series", dataFile("does-not-apply.mbox")];
  const lost = await uffdwp(["series", ...series, ...CASES, "--results", results]);
  t.equal(lost.exitCode, 125, lost.stderr);
  t.match(lost.stdout, /1 does not apply +mm: let pte_install_uffd_wp_if_needed\(\) lose/);
});

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
