import t from "tap";
import {
  besideUsual,
  isEmpty,
  parseSymptom,
  sightings,
  symptomBetween,
  whyUndecided,
} from "../../harness/hunt/symptom.ts";
import type { RunCase } from "../../harness/record/run-schema.ts";
import { runWith, sample } from "./runs.ts";

const SWAP = "shmem-private/swap/madv-dontneed";

t.test("a symptom is a case, a case and its outcome, or the title of a finding", async (t) => {
  t.same(parseSymptom(SWAP), { cases: [{ id: SWAP, outcome: null }], titles: [], usual: [] });
  t.same(parseSymptom(`${SWAP}=crash`), {
    cases: [{ id: SWAP, outcome: "crash" }],
    titles: [],
    usual: [],
  });
  const title = "WARNING in zap_pte_range";
  t.same(parseSymptom(title), { cases: [], titles: [title], usual: [] });
  t.throws(() => parseSymptom(`${SWAP}=melts`), { name: "UsageError", message: /fail, crash/ });
});

t.test("what the bad end shows and the good one does not is the symptom", async (t) => {
  const bad = runWith({ "a/b": ["fail"], "c/d": ["crash"], "e/f": ["pass"] }, ["WARNING in x"]);
  const good = runWith({ "a/b": ["pass"], "c/d": ["crash"], "e/f": ["pass"] });
  t.same(symptomBetween([good], bad), {
    cases: [{ id: "a/b", outcome: "fail" }],
    titles: ["WARNING in x"],
    usual: [],
  });
  t.ok(isEmpty(symptomBetween([bad], bad)));
});

t.test("neither what an allow list excuses nor what was lost is a symptom", async (t) => {
  const bad = runWith({ "a/b": ["fail"], "c/d": ["error"] }, ["INFO: rcu detected stall in x"]);
  const excused = bad.findings.map((one) => ({ ...one, allowed: "a slow machine" }));
  const good = runWith({ "a/b": ["pass"], "c/d": ["pass"] });
  t.same(symptomBetween([good], { ...bad, findings: excused }), {
    cases: [{ id: "a/b", outcome: "fail" }],
    titles: [],
    usual: [],
  });
});

t.test("a finding outside of cases is seen once, however often they are run", async (t) => {
  const run = runWith({ "a/b": ["pass", "pass", "pass"] }, ["WARNING in kswapd"]);
  t.equal(sightings(run, parseSymptom("WARNING in kswapd")).shown, 1);
});

t.test("a repetition shows it when any of its cases does", async (t) => {
  const run = runWith({ "a/b": ["pass", "fail", "pass"], "c/d": ["pass", "pass", "fail"] });
  const symptom = {
    cases: ["a/b", "c/d"].map((id) => ({ id, outcome: null })),
    titles: [],
    usual: [],
  };
  t.same(sightings(run, symptom), {
    shown: 2,
    by: "a/b is not as expected (and 1 more)",
  });
});

t.test("another failure is not the symptom, and hides whether it would have shown", async (t) => {
  const symptom = parseSymptom("a/b=fail");
  const crash = runWith({ "a/b": ["crash"] });
  t.equal(sightings(crash, symptom).shown, 0);
  t.equal(whyUndecided(crash, symptom), "not the symptom: a/b crashes");
  t.equal(
    whyUndecided(runWith({ "a/b": ["error"] }), symptom),
    "not the symptom: a/b could not be judged",
  );
  t.match(whyUndecided(runWith({}), symptom), /none of its cases/);
});

t.test("what fails on the good kernel as well hides nothing", async (t) => {
  const good = runWith({ "a/b": ["fail"], "c/d": ["pass"] });
  for (const named of ["a/b=crash", "WARNING in x"]) {
    const symptom = parseSymptom(named);
    t.match(whyUndecided(good, symptom), /not the symptom: a\/b fails/);
    const beside = besideUsual(symptom, good);
    t.equal(whyUndecided(good, beside), undefined, `${named}: the good kernel is good`);
    const lost = runWith({ "a/b": ["error"], "c/d": ["pass"] });
    t.match(whyUndecided(lost, beside), /could not be judged/);
    t.equal(sightings(runWith({ "a/b": ["crash"] }, ["WARNING in x"]), beside).shown, 1);
  }
});

t.test("a pass denies it, whatever else fails; so does an expected skip", async (t) => {
  const symptom = parseSymptom("a/b=fail");
  t.equal(whyUndecided(runWith({ "a/b": ["pass"], "c/d": ["crash"] }), symptom), undefined);
  const skip = runWith({ "a/b": ["pass"] });
  const cases = skip.cases.map((one): RunCase => ({ ...one, outcome: "skip", expected: "skip" }));
  t.equal(whyUndecided({ ...skip, cases }, symptom), undefined);
});

t.test("a title is looked for among all findings, of cases and outside of them", async (t) => {
  const symptom = parseSymptom("WARNING in zap_pte_range");
  t.equal(sightings(sample, symptom).shown, 1);
  t.equal(sightings(sample, parseSymptom("WARNING at boot")).shown, 1);
  t.equal(sightings(runWith({ "a/b": ["pass"] }), symptom).shown, 0);
  t.match(whyUndecided(runWith({ "a/b": ["crash"] }), symptom), /not the symptom: a\/b crashes/);
});
