// A fault is noticed by the same case whether it is one of many in a kernel or alone in its own.
import t from "tap";
import { uffdwp } from "./uffdwp.ts";

// Up to three kernels may have to be built first.
t.setTimeout(25 * 60_000);

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

t.test("what does not exist is said before anything is built", async (t) => {
  const wrong = await uffdwp(["mutants", "--mutant", "no-such-fault"]);
  t.equal(wrong.exitCode, 129);
  t.match(wrong.stderr, /There is no mutant no-such-fault/);
  const empty = await uffdwp(["mutants", "--dir", t.testdir({ "a.txt": "" })]);
  t.equal(empty.exitCode, 129);
});
