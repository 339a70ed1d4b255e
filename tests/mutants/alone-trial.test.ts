// A mutant in a kernel of its own: what is run for it, and what that says about the hit map.
import t from "tap";
import { BootFailure } from "../../harness/guest/boot.ts";
import { tryAlone } from "../../harness/mutants/alone-trial.ts";
import type { CampaignPlan } from "../../harness/mutants/campaign-plan.ts";
import type { Planting } from "../../harness/mutants/plant.ts";
import type { OutcomeKind } from "../../harness/session/outcome.ts";
import { exactly } from "../exactly.ts";
import { baseline, caseOf, mapped, scripted } from "./stands.ts";

const REST = Array.from({ length: 60 }, (_, i) => `rest-${i}`);
const ROWS = [
  mapped("differs", "pass", "7!"),
  mapped("reaches", "pass", "7"),
  ...REST.map((id) => mapped(id, "pass")),
];
const PLANTING: Planting = { id: "m", number: 7, how: "guarded", reason: "", spots: [] };

function tried(noticing: readonly string[], { full = false, how = PLANTING.how } = {}) {
  const outcome = (id: string): OutcomeKind => (noticing.includes(id) ? "fail" : "pass");
  const alone = scripted(({ id }) => outcome(id));
  const plan = { cases: ROWS.map(([id]) => caseOf(id)), full } as unknown as CampaignPlan;
  const stands = { alone, asleep: scripted(() => "pass") };
  const trial = tryAlone(plan, stands, baseline(...ROWS), { ...PLANTING, how });
  return trial.then((result) => ({ ...result, turns: alone.turns }));
}

t.test("where the map sees a case notice, that is enough, but for the sample", async (t) => {
  const { notices, mispruned, turns } = await tried(["differs"]);
  t.match(notices, [{ id: "differs" }]);
  t.same(mispruned, []);
  t.notOk(turns.includes("reaches/alone"));
});

t.test("where it does not, those that reach it are asked too", async (t) => {
  const { notices, mispruned, ran } = await tried(["reaches"]);
  t.match(notices, [{ id: "reaches" }]);
  t.same(mispruned, ["reaches"]);
  t.equal(ran, 22);
});

t.test("some of the others are run, the same ones each time", async (t) => {
  const { turns } = await tried([]);
  const sample = turns.filter((turn) => turn.startsWith("rest"));
  t.equal(sample.length, 20);
  t.same((await tried([])).turns, turns);
  const [unlucky = ""] = sample[0]?.split("/") ?? [];
  t.match(await tried([unlucky]), { mispruned: [unlucky], notices: [{ id: unlucky }] });
});

t.test("without guards there is nothing to go by: all are run, and nothing is wrong", async (t) => {
  const { notices, mispruned, turns } = await tried(["rest-3"], { full: true, how: "alone" });
  t.match(notices, [{ id: "rest-3" }]);
  t.same(mispruned, []);
  t.equal(new Set(turns).size, ROWS.length);
});

t.test("a kernel that does not come up, while the other one does", async (t) => {
  const failing = scripted(() => {
    throw new BootFailure("BUG in f", []);
  });
  const plan = { cases: [caseOf("differs")], full: false } as unknown as CampaignPlan;
  const well = { alone: failing, asleep: scripted(() => "pass") };
  const trial = await tryAlone(plan, well, baseline(...ROWS), PLANTING);
  t.match(trial, { bootFailure: "BUG in f", notices: exactly([]) });
  const ill = { alone: failing, asleep: failing };
  await t.rejects(tryAlone(plan, ill, baseline(...ROWS), PLANTING), BootFailure);
});
