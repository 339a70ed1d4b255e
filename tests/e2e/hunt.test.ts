import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import t, { type Test } from "tap";
import type { BisectRecord } from "../../harness/hunt/bisect-record.ts";
import type { KconfigRecord } from "../../harness/hunt/kconfig-record.ts";
import { makeHistory, swapFormUnrecognised } from "./history.ts";
import { uffdwp } from "./uffdwp.ts";

// A kernel may have to be built first.
t.setTimeout(25 * 60_000);

const CASES = ["--case", "shmem-private/swap/truncate", "--boot", "qemu"];
const FAULT = "mm: overlook swap entries";

// One path for all tests is one work tree and one build directory for all of them.
const linux = join(t.testdir({ linux: {} }), "linux");

/** Commits of the same content are the same kernels: two builds, all steps of a bisection. */
async function history(t: Test) {
  rmSync(linux, { recursive: true });
  const nothing = {};
  const shas = await makeHistory(linux, [
    { subject: "mm: nothing, one", edits: nothing },
    { subject: "mm: nothing, two", edits: nothing },
    { subject: "mm: nothing, three", edits: nothing },
    { subject: FAULT, edits: swapFormUnrecognised },
    { subject: "mm: nothing, four", edits: nothing },
    { subject: "mm: nothing, five", edits: nothing },
  ]);
  return { fault: shas[4] as string, results: t.testdir({}) };
}

function git(...args: string[]): string {
  return execFileSync("git", ["-C", linux, ...args], { encoding: "utf8" });
}

t.test("a bisection finds the commit, and leaves the user's repository alone", async (t) => {
  const { fault, results } = await history(t);
  const theirs = () => git("for-each-ref") + readdirSync(join(linux, ".git")).join();
  const before = theirs();
  const ends = ["--good", "main~6", "--bad", "main"];
  const args = ["bisect", "-k", linux, ...ends, ...CASES, "--results", results, "--json"];
  const { exitCode, stdout, stderr } = await uffdwp(args);
  t.equal(exitCode, 0, stderr);
  const { firstBad, steps, confidence, evidence, log, id } = JSON.parse(stdout) as BisectRecord;
  t.match(firstBad, { sha: fault, subject: FAULT, author: /A Developer/, date: /^2026-/ });
  t.ok(steps.length > 0 && steps.every(({ reused }) => reused), "the ends were these kernels");
  t.ok(confidence > 0.95, String(confidence));
  t.match(evidence.bad?.why, /shmem-private\/swap\/truncate fails, 3 of 3 times/);
  t.ok(existsSync(join(results, id, evidence.bad?.run ?? "", "report.html")));
  t.ok(existsSync(join(results, id, evidence.good?.run ?? "", "report.html")));
  t.match(log, new RegExp(`# first bad commit: \\[${fault}\\]`));
  t.equal(theirs(), before);
});

t.test("git bisect run understands uffdwp run", async (t) => {
  const { fault, results } = await history(t);
  git("bisect", "start", "--no-checkout", "main", "main~6");
  const program = join(import.meta.dirname, "../../harness/uffdwp.js");
  const run = [process.execPath, program, "run", "-k", ".@BISECT_HEAD", ...CASES];
  const args = ["bisect", "run", ...run, "--results", results];
  const { stdout } = await execa("git", args, { cwd: linux, reject: false });
  t.match(stdout, `${fault} is the first bad commit`);
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
  t.ok(steps.length > 0 && steps.every(({ reused }) => reused), "no mixture is a new kernel");
});
