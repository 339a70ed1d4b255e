// What convicts a case of having noticed a mutant, and what does not.
import t from "tap";
import { tryMutant } from "../../harness/mutants/trial.ts";
import { baseline, caseOf, mapped, type Shown, scripted, type Turn } from "./stands.ts";

async function trial(
  usual: ReturnType<typeof mapped>,
  show: (turn: Turn) => Shown | Shown["outcome"],
) {
  const stand = scripted(show);
  const trusted = baseline(usual);
  const options = { mutant: 7, cases: [caseOf(usual[0])], baseline: trusted, asleep: stand };
  const { notices } = await tryMutant(stand, { ...options, full: false });
  return { notices, turns: stand.turns, distrusted: trusted.distrusted };
}

t.test("another outcome awake, twice, and the usual one asleep", async (t) => {
  const { notices, turns } = await trial(mapped("a", "pass"), ({ mutant }) =>
    mutant === 7 ? "fail" : "pass",
  );
  t.match(notices, [{ id: "a", outcome: "fail", reason: "it says fail" }]);
  t.same(turns, ["a/7", "a/0", "a/7", "a/0"]);
});

t.test("a hang is noticed like a failure", async (t) => {
  const { notices } = await trial(mapped("a", "pass"), ({ mutant }) =>
    mutant === 7 ? "timeout" : "pass",
  );
  t.match(notices, [{ id: "a", outcome: "timeout", reason: "it says timeout" }]);
});

t.test("a case that hangs is not waited for as long as one may take", async (t) => {
  const limitOf = async (durationMs: number, limitMs = 30_000) => {
    const [id, hits] = mapped("a", "pass");
    const stand = scripted(() => "pass");
    const options = { mutant: 7, cases: [{ ...caseOf(id), limitMs }], asleep: stand, full: false };
    await tryMutant(stand, { ...options, baseline: baseline([id, { ...hits, durationMs }]) });
    return stand.limits;
  };
  t.same(await limitOf(40), [[4000, 3000]]);
  t.same(await limitOf(400), [[8000, 3000]], "longer, if it takes its time asleep");
  t.same(await limitOf(4000), [[30_000, 3000]], "but never longer than its limit");
  t.same(await limitOf(40_000, 300_000), [[100_000, 3000]], "nor than a minute more");
});

t.test(
  "a known failure that passes, or is gone, is noticed, and both outcomes are named",
  async (t) => {
    const passes = await trial(mapped("a", "fail"), ({ mutant }) =>
      mutant === 7 ? "pass" : "fail",
    );
    t.match(passes.notices, [
      { outcome: "pass", reason: "passes, and fails with the mutant asleep" },
    ]);
    const silent = await trial(mapped("a", "crash"), ({ mutant }) =>
      mutant === 7 ? { outcome: "skip", reason: "" } : "crash",
    );
    t.match(silent.notices, [{ reason: "skips, and crashes with the mutant asleep" }]);
    const another = await trial(mapped("a", "fail"), ({ mutant }) =>
      mutant === 7 ? { outcome: "pass", reason: "another result's" } : "fail",
    );
    t.match(another.notices, [{ reason: /^passes/ }], "what passes has said nothing");
  },
);

t.test("chance while it runs", async (t) => {
  const { notices } = await trial(mapped("a", "pass"), ({ run }) => (run === 0 ? "fail" : "pass"));
  t.same(notices, []);
});

t.test("what an earlier mutant has left behind is gone with the guest", async (t) => {
  const { notices, distrusted } = await trial(mapped("a", "pass"), ({ guest }) =>
    guest === 1 ? "fail" : "pass",
  );
  t.same(notices, []);
  t.same(distrusted, [], "in a fresh one the case is as it was mapped");
});

t.test("chance while it was mapped: no mutant is killed by that case", async (t) => {
  const { notices, distrusted, turns } = await trial(mapped("a", "fail"), () => "pass");
  t.same(notices, []);
  t.same(distrusted, ["a"]);
  t.same(turns, ["a/7", "a/0", "a/0"], "asked again in a fresh guest, and not awake");
});

t.test("a case that is no longer trusted is asked no more", async (t) => {
  const stand = scripted(() => "pass");
  const trusted = baseline(mapped("a", "fail", "7!"), mapped("b", "pass", "7!"));
  const options = { cases: [caseOf("a"), caseOf("b")], baseline: trusted, asleep: stand };
  await tryMutant(stand, { ...options, mutant: 7, full: true });
  await tryMutant(stand, { ...options, mutant: 8, full: true });
  t.notOk(stand.turns.includes("a/8"));
  t.ok(stand.turns.includes("b/8"));
  t.notOk(trusted.map.has("a"), "nor is it on the map that is kept");
});

t.test("a splat where there was none is noticed, whatever the outcome", async (t) => {
  const splats = ["WARNING in f"];
  const { notices } = await trial(mapped("a", "fail"), ({ mutant }) => ({
    outcome: "fail",
    splats: mutant === 7 ? splats : [],
  }));
  t.match(notices, [{ id: "a", outcome: "fail", reason: "WARNING in f" }]);
});

t.test("a splat that is always there tells nothing, another one does", async (t) => {
  const [id, hits] = mapped("a", "fail");
  const usual: ReturnType<typeof mapped> = [id, { ...hits, splats: ["WARNING in f"] }];
  const same = await trial(usual, () => ({ outcome: "fail", splats: ["WARNING in f"] }));
  t.same(same.notices, []);
  const more = await trial(usual, ({ mutant }) => ({
    outcome: "fail",
    splats: ["WARNING in f", ...(mutant === 7 ? ["BUG in g"] : [])],
  }));
  t.match(more.notices, [{ reason: "BUG in g" }]);
  const garbled = await trial(usual, ({ run }) => ({
    outcome: "fail",
    splats: [run === 0 ? "WARNING in ff" : "WARNING in f"],
  }));
  t.same(garbled.notices, []);
});

t.test("a crash counts only of a case that survives asleep", async (t) => {
  const crash: Shown = { outcome: "crash", lost: true };
  const noticed = await trial(mapped("a", "pass"), ({ mutant }) => (mutant === 7 ? crash : "pass"));
  t.match(noticed.notices, [{ outcome: "crash" }]);
  const always = await trial(mapped("a", "pass"), () => crash);
  t.same(always.notices, []);
  t.same(always.distrusted, ["a"]);
});
