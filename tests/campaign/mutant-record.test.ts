// What a trial comes to on record, above all where it contradicts us.
import t from "tap";
import {
  recordOf,
  recordOfAlone,
  recordOfUnbuilt,
  settledBefore,
} from "../../harness/campaign/mutant-record.ts";
import type { Mutant } from "../../harness/mutants/mutant.ts";
import type { Planting } from "../../harness/mutants/plant.ts";
import { exactly } from "../exactly.ts";

const MUTANT: Mutant = { id: "m", why: "it is odd", places: [], equivalent: undefined };
const PROVEN: Mutant = { ...MUTANT, equivalent: "Nobody looks.\n" };
const PLANTING: Planting = { id: "m", number: 1, how: "guarded", reason: "", spots: [] };
const NOTICE = { id: "a", case: "a", column: "", outcome: "fail", reason: "it says fail" };
const SURVIVED = {
  planting: PLANTING,
  notices: [],
  ran: 1,
  durationMs: 5,
  reaching: ["a", "b"],
  differing: ["a"],
};
const KILLED = { ...SURVIVED, notices: [NOTICE] };

t.test("without a place, and unreadable, are not the same", async (t) => {
  const of = (how: Planting["how"]) =>
    settledBefore(MUTANT, { ...PLANTING, how, reason: "spatch: no" }, false);
  t.match(of("not-applicable"), { status: "not-applicable", reason: "spatch: no" });
  t.match(of("unreadable"), { status: "unreadable", reason: "spatch: no", how: "none" });
  t.equal(of("alone"), undefined);
});

t.test("a proof of equivalence is believed, or tried", async (t) => {
  t.match(settledBefore(PROVEN, PLANTING, false), {
    status: "equivalent",
    reason: "Nobody looks.",
  });
  t.equal(settledBefore(PROVEN, PLANTING, true), undefined);
  t.match(recordOf(PROVEN, SURVIVED, "guarded", []), {
    status: "equivalent",
    reason: "Nobody looks.",
    contradictions: exactly([]),
  });
  t.match(recordOf(PROVEN, KILLED, "guarded", []), {
    status: "killed",
    by: exactly(["a"]),
    contradictions: exactly([/said that nobody can: Nobody looks\.$/]),
  });
});

t.test("why a mutant survives", async (t) => {
  const of = (reaching: string[], differing: string[]) =>
    recordOf(MUTANT, { ...SURVIVED, reaching, differing }, "guarded", []);
  t.match(of([], []), { status: "survived", reason: "no case reaches it", reaching: [] });
  t.match(of(["a"], []), { reason: /^reached, and in no case does it make a difference/ });
  t.match(of(["a"], ["a"]), { reason: "no case that reaches it notices" });
});

t.test("who notices, by suite", async (t) => {
  const notices = [
    { ...NOTICE, column: "ours" },
    { ...NOTICE, id: "p/result", case: "p", column: "theirs" },
    { ...NOTICE, id: "p/other", case: "p", column: "theirs" },
  ];
  t.match(recordOf(MUTANT, { ...KILLED, notices }, "guarded", ["ours", "theirs", "idle"]), {
    by: ["a", "p/result", "p/other"],
    suite: { ours: ["a"], theirs: ["p/result", "p/other"], idle: [] },
  });
});

t.test("a case that was pruned and notices", async (t) => {
  const alone = { ...KILLED, bootFailure: undefined, mispruned: ["b", "c"] };
  t.match(recordOfAlone(MUTANT, alone, []), {
    status: "killed",
    how: "alone",
    contradictions: exactly([
      /^b notices it, .* without a difference$/,
      /^c notices it, .* not at all$/,
    ]),
  });
});

t.test("a kernel that does not come up is noticed by whoever boots it", async (t) => {
  const alone = { ...SURVIVED, mispruned: [], bootFailure: "BUG in f" };
  t.match(recordOfAlone(MUTANT, alone, []), {
    status: "killed",
    by: exactly([]),
    reason: "the kernel does not come up with it: BUG in f",
  });
  t.match(recordOfAlone(PROVEN, alone, []), {
    status: "killed",
    contradictions: exactly([/nobody can/]),
  });
});

t.test("one that does not build", async (t) => {
  t.match(recordOfUnbuilt(PROVEN, PLANTING, { reason: "no such thing", durationMs: 3 }), {
    status: "not-built",
    reason: "no such thing",
    durationMs: 3,
  });
});
