// Which cases are listed as noticing nothing.
import t from "tap";
import { idleCases } from "../../harness/campaign/idle-cases.ts";
import { createKeeper } from "../../harness/campaign/keeper.ts";
import { recordOf } from "../../harness/campaign/mutant-record.ts";
import type { CampaignPlan } from "../../harness/mutants/campaign-plan.ts";
import type { Mutant } from "../../harness/mutants/mutant.ts";
import type { Planting } from "../../harness/mutants/plant.ts";
import { caseOf } from "../mutants/stands.ts";

const CASES = ["a", "b", "c"].map(caseOf);

t.test("one that was left out may have noticed", async (t) => {
  t.same(idleCases(CASES, new Set(["a"]), ["c"]), ["b"]);
});

t.test("a program has noticed when one of its results has", async (t) => {
  const mutant: Mutant = { id: "m", why: "", places: [], equivalent: undefined };
  const planting: Planting = { id: "m", number: 1, how: "guarded", reason: "", spots: [] };
  const notices = [{ id: "a/result", case: "a", column: "", outcome: "fail", reason: "" }];
  const trial = { planting, notices, ran: 1, durationMs: 1, reaching: ["a"], differing: ["a"] };
  const kernel = { release: "6.1.0", buildId: "", source: "linux-source-6.1" };
  const plan = { directory: t.testdir(), kernel, cases: CASES, full: true };
  const keeper = createKeeper(
    {
      id: "x",
      started: new Date(),
      plan: plan as unknown as CampaignPlan,
      mutants: [mutant],
      columns: [],
    },
    () => {},
  );
  await keeper.decide(recordOf(mutant, trial, "guarded", []), notices);
  const { idle } = await keeper.keep(null, { build: 0, map: 0, trials: 0 }, ["c"]);
  t.same(idle, ["b"]);
});
