// Known bugs, in KCIDB's words: an issue each, and an incident wherever one shows, or no longer does.
import type { Run, RunCase } from "../../record/run-schema.ts";
import { type Ids, incidentId, issueId, ORIGIN, testId } from "./ids.ts";
import { plain } from "./text.ts";

export function renderIssues(run: Run) {
  const byId = new Map(casesWithKnownBug(run).map((one) => [issueId(one), one]));
  return [...byId].map(([id, { because }]) => ({
    id,
    version: 1,
    origin: ORIGIN,
    comment: plain(because),
    culprit: { code: true, tool: false, harness: false },
  }));
}

export function renderIncidents(run: Run, ids: Ids) {
  return casesWithKnownBug(run).map((one) => ({
    id: incidentId(testId(ids, one), issueId(one)),
    origin: ORIGIN,
    issue_id: issueId(one),
    issue_version: 1,
    test_id: testId(ids, one),
    present: one.verdict === "known",
  }));
}

/** Cases that said something about a bug: it is there, or it is gone. */
function casesWithKnownBug({ cases }: Run): RunCase[] {
  return cases.filter(
    ({ verdict, expected }) =>
      verdict === "known" || (verdict === "unexpected-pass" && expected === "fail"),
  );
}
