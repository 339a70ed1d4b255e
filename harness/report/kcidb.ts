// KCIDB, schema 5.3: a checkout, a build and its tests, as kernelci.org's database takes them.
import type { Format } from "./format.ts";
import { patchesApply, renderBuild, renderCheckout } from "./kcidb/build.ts";
import { idsOf } from "./kcidb/ids.ts";
import { renderIncidents, renderIssues } from "./kcidb/issues.ts";
import { renderCaseTest, renderLogTest } from "./kcidb/test.ts";

export const kcidb: Format = {
  name: "kcidb",
  render(run, { directory }) {
    const ids = idsOf(run);
    const built = run.machine !== null;
    const document = {
      version: { major: 5, minor: 3 },
      checkouts: [renderCheckout(run, ids)],
      builds: patchesApply(run) ? [renderBuild(run, ids, directory)] : [],
      tests: [
        ...(built ? [renderLogTest(run, ids)] : []),
        ...run.cases.map((one) => renderCaseTest(run, one, ids)),
      ],
      issues: renderIssues(run),
      incidents: renderIncidents(run, ids),
    };
    return `${JSON.stringify(document, null, 2)}\n`;
  },
};
