import { appendFileSync } from "node:fs";
import { join } from "node:path";
import t from "tap";
import { createHunt, findHunt, openHunt } from "../../harness/record/hunt-journal.ts";

interface Step {
  readonly sha: string;
}

t.test("a hunt goes on with the steps that it had decided, but for a torn one", async (t) => {
  const results = t.testdir({});
  const hunt = await createHunt<{ kind: string }, Step>(results, "bisect", { kind: "commits" });
  t.match(hunt.id, /^\d{8}T\d{6}-bisect$/);
  await hunt.append({ sha: "one" });
  await hunt.append({ sha: "two" });
  await hunt.close();
  appendFileSync(join(hunt.directory, "hunt.ndjson"), '{"event":"step","ti');

  const again = await openHunt<{ kind: string }, Step>(findHunt(results, hunt.id) as string);
  t.same(again.request, { kind: "commits" });
  t.same(again.steps, [{ sha: "one" }, { sha: "two" }]);
  await again.append({ sha: "three" });
  await again.close();
  const last = await openHunt<{ kind: string }, Step>(hunt.directory);
  t.same(last.steps.at(-1), { sha: "three" });
  await last.close();
});

t.test("a directory without a hunt is a mistake", async (t) => {
  const results = t.testdir({});
  t.equal(findHunt(results, "nothing"), undefined);
  await t.rejects(openHunt(results), { name: "UsageError", message: /holds no hunt/ });
});
