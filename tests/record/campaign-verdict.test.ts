// A campaign in a word: nothing tried is nothing shown.
import t from "tap";
import { type MutantRecord, scoreOf } from "../../harness/record/campaign-record.ts";
import { campaignVerdict } from "../../harness/record/campaign-verdict.ts";

function verdict(
  statuses: readonly MutantRecord["status"][],
  { contradictions = [], ran = 0 }: Partial<Pick<MutantRecord, "contradictions" | "ran">> = {},
) {
  const mutants = statuses.map((status) => ({ status, contradictions, ran }));
  return campaignVerdict({ mutants, ...scoreOf(mutants) });
}

t.test("all noticed, or one not", async (t) => {
  t.equal(verdict(["killed", "equivalent", "not-applicable"]), "passed");
  t.equal(verdict(["killed", "survived", "unreadable"]), "failed");
});

t.test("a patch that can't be read, one that does not build, and none at all", async (t) => {
  t.equal(verdict(["killed", "unreadable", "not-built"]), "unreadable");
  t.equal(verdict(["killed", "not-built"]), "untestable");
  t.equal(verdict(["not-applicable"]), "untestable");
  t.equal(verdict([]), "untestable");
  t.equal(scoreOf([{ status: "not-applicable" }]).score, null);
});

t.test("a wrong pruning or proof is a failure of ours", async (t) => {
  t.equal(verdict(["killed"], { contradictions: ["it is noticed"] }), "failed");
});

t.test("proofs alone are something once they are tried", async (t) => {
  t.equal(verdict(["equivalent"]), "untestable");
  t.equal(verdict(["equivalent"], { ran: 7 }), "passed");
});
