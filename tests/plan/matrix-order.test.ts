import t from "tap";
import { cellName, cellsOf } from "../../harness/plan/matrix.ts";
import { buildGroups } from "../../harness/plan/matrix-order.ts";
import { matrixSchema } from "../../harness/plan/matrix-schema.ts";

const cells = cellsOf(
  matrixSchema.parse({
    kernels: ["a", "b"],
    kconfigs: { plain: [], debug: ["debug-vm"] },
    suites: { one: {}, two: {} },
  }),
);
const order = (failed: readonly string[]) =>
  buildGroups(cells, new Set(failed)).map((group) => group.map(cellName));

t.test("without failures the order is the file's, a group a build", async (t) => {
  t.same(order([]), [
    ["a × plain × one", "a × plain × two"],
    ["a × debug × one", "a × debug × two"],
    ["b × plain × one", "b × plain × two"],
    ["b × debug × one", "b × debug × two"],
  ]);
});

t.test("builds with failures come first, and their failed cells first in them", async (t) => {
  t.same(order(["b × plain × two", "a × debug × one"]), [
    ["a × debug × one", "a × debug × two"],
    ["b × plain × two", "b × plain × one"],
    ["a × plain × one", "a × plain × two"],
    ["b × debug × one", "b × debug × two"],
  ]);
});
