// The plantings of a kernel are kept beside it: without them it is built again.
import { readdirSync, truncateSync } from "node:fs";
import { join } from "node:path";
import t from "tap";
import type { prepareKernel } from "../../harness/kernel/prepare.ts";
import type { Mutant } from "../../harness/mutants/mutant.ts";
import { silent } from "../../harness/process/progress.ts";

const REQUEST = { kernel: "debian:6.1", series: [], kconfig: [], cache: true };

t.test("plantings that were cut short are made again", async (t) => {
  const top = t.testdir({ src: { mm: { Makefile: "" }, include: { linux: {} } }, cache: {} });
  process.env.UFFDWP_CACHE = join(top, "cache");
  let built = 0;
  /** The store has the kernel from the first time on. */
  const prepare: typeof prepareKernel = async ({ cache }, _progress, edit) => {
    if (!cache || built === 0) {
      built++;
      await edit?.apply(join(top, "src"), "6.1.0", async () => "");
    }
    return { key: "k" } as Awaited<ReturnType<typeof prepareKernel>>;
  };
  const { plantAll } = (await t.mockImport("../../harness/mutants/plant.ts", {
    "../../harness/kernel/prepare.ts": { prepareKernel: prepare },
  })) as typeof import("../../harness/mutants/plant.ts");
  const places = [{ file: "mm/memory.c", function: "f", smpl: "", since: "7.0" }];
  const elsewhere: Mutant = { id: "one", why: "", equivalent: undefined, places };
  const plant = () => plantAll(REQUEST, [elsewhere], silent);
  const { plantings } = await plant();
  t.match(plantings, [{ id: "one", number: 1, how: "not-applicable" }]);
  t.same((await plant()).plantings, plantings);
  t.equal(built, 1, "what is kept is what is recalled");
  const store = join(top, "cache", "store", "mutants");
  const [kept = ""] = readdirSync(store);
  for (const length of [5, 0]) {
    truncateSync(join(store, kept), length);
    t.same((await plant()).plantings, plantings);
  }
  t.equal(built, 3);
});
