// A fault is noticed by the same case whether it is one of many in a kernel or alone in its own.
import { existsSync } from "node:fs";
import { join } from "node:path";
import t from "tap";
import type { CampaignRecord, MutantRecord } from "../../harness/record/campaign-record.ts";
import { uffdwp } from "./uffdwp.ts";

// Up to five kernels may have to be built first.
t.setTimeout(30 * 60_000);

const SAMPLE = ["--mutant", "swapin-without-bit", "--mutant", "zap-forgets-present"];
const CASES = ["--case", "shmem-private/{swap,present}/*"];

t.test("guarded and rebuilt mutants are noticed alike", async (t) => {
  const results = t.testdir();
  const campaign = async (...more: string[]) => {
    const args = ["mutants", "--boot", "qemu", "--full", "--json", "--results", results];
    const { exitCode, stdout, stderr } = await uffdwp([...args, ...SAMPLE, ...CASES, ...more]);
    t.equal(exitCode, 0, stderr);
    return JSON.parse(stdout);
  };
  const guarded = await campaign();
  const rebuilt = await campaign("--rebuild");
  t.match(guarded, { killed: 2, survived: 0, score: 1 });
  t.match(rebuilt, { killed: 2, survived: 0, score: 1 });
  const noticedBy = ({ mutants }: { mutants: { id: string; by: string[] }[] }) =>
    mutants.map(({ id, by }) => [id, [...by].sort()]);
  t.same(noticedBy(guarded), noticedBy(rebuilt));
  t.ok(guarded.mutants.every((one: { how: string }) => one.how === "guarded"));
  t.ok(rebuilt.mutants.every((one: { how: string }) => one.how === "alone"));
});

/** As anybody writes them. */
const PATCHES = {
  "guarded.cocci": `// A page comes back from swap without its bit.
@@
expression V;
@@
- pte_swp_uffd_wp(V->orig_pte)
+ false
`,
  "outside.cocci": `// Nobody can read events.
@@
identifier ops;
@@
struct file_operations ops = {
- .read = userfaultfd_read,
};
`,
  "unreached.cocci": `// A huge page may take the place of protected ones.
@@
expression E;
@@
__collapse_huge_page_isolate(...)
{
  <...
- pte_uffd_wp(E)
+ false
  ...>
}
`,
};

t.test(
  "a directory of patches: guarded, in a kernel of its own, and where nobody comes",
  async (t) => {
    const directory = t.testdir({ patches: PATCHES, results: {} });
    const results = join(directory, "results");
    const args = ["mutants", "--boot", "qemu", "--dir", join(directory, "patches"), "--json"];
    const { exitCode, stdout, stderr } = await uffdwp([...args, ...CASES, "--results", results]);
    t.equal(exitCode, 1, stderr);
    const record = JSON.parse(stdout) as CampaignRecord;
    t.match(record, { killed: 2, survived: 1, full: false, idle: [] });
    const [guarded, outside, unreached] = record.mutants as [
      MutantRecord,
      MutantRecord,
      MutantRecord,
    ];
    t.match(guarded, { id: "guarded", status: "killed", how: "guarded", file: "mm/memory.c" });
    t.match(outside, { id: "outside", status: "killed", how: "alone" });
    t.match(unreached, { status: "survived", reason: "no case reaches it", reaching: [], ran: 0 });
    for (const { id, by, ran } of [guarded, outside]) {
      t.equal(by.length, 1, `${id}: the first that notices is enough`);
      t.ok(ran < record.cases, `${id}: ${ran} of ${record.cases} cases were run`);
    }
    t.ok(existsSync(join(results, record.id, "mutants/unreached.html")), "a page for the survivor");
  },
);

t.test("for a patch that spatch can't read nothing is booted", async (t) => {
  const patches = { "unreadable.cocci": "@@\nexpression\n@@\n- foo((\n" };
  const directory = t.testdir({ patches, results: {} });
  const results = join(directory, "results");
  const args = ["mutants", "--boot", "qemu", "--dir", join(directory, "patches"), "--json"];
  const { exitCode, stdout } = await uffdwp([...args, ...CASES, "--results", results]);
  t.equal(exitCode, 129);
  const record = JSON.parse(stdout) as CampaignRecord;
  t.match(record, { mutants: [{ id: "unreadable", status: "unreadable", reason: /^spatch: / }] });
  t.notOk(existsSync(join(results, record.id, "guest-0")));
});

t.test("what does not exist is said before anything is built", async (t) => {
  const wrong = await uffdwp(["mutants", "--mutant", "no-such-fault"]);
  t.equal(wrong.exitCode, 129);
  t.match(wrong.stderr, /There is no mutant no-such-fault/);
  const empty = await uffdwp(["mutants", "--dir", t.testdir({ "a.txt": "" })]);
  t.equal(empty.exitCode, 129);
});
