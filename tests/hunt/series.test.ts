import { appendFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import t from "tap";
import { checkSeries } from "../../harness/hunt/series.ts";
import type { SeriesRequest } from "../../harness/hunt/series-record.ts";
import { resolveSource } from "../../harness/kernel/source/source.ts";
import { DEFAULTS } from "../../harness/plan/job.ts";
import { silent } from "../../harness/process/progress.ts";
import { createHunt } from "../../harness/record/hunt-journal.ts";

t.test("a base that was edited since the check began is told, not tested", async (t) => {
  const linux = { Makefile: "", Kconfig: "", kernel: { Makefile: "" }, mm: { "memory.c": "" } };
  const top = t.testdir({ cache: {}, results: {}, linux });
  process.env.UFFDWP_CACHE = join(top, "cache");
  const path = join(top, "linux");
  const { base } = await resolveSource({ form: "tree", path, revision: undefined }, silent);
  appendFileSync(join(path, "mm/memory.c"), "int edited;\n");
  const request: SeriesRequest = {
    ...{ kind: "series", base, subjects: ["mm: a patch"] },
    job: { ...DEFAULTS, kernel: path },
  };
  const hunt = await createHunt<SeriesRequest, never>(join(top, "results"), "series", request);
  await t.rejects(checkSeries(hunt, { ...silent, verdict() {} }), {
    ...{ name: "UsageError", message: /linux has changed since .*@HEAD/ },
  });
  await hunt.close();
  t.same(readdirSync(hunt.directory), ["hunt.ndjson"], "nothing was run");
});
