import { join } from "node:path";
import t from "tap";
import { cellName, cellsOf, readMatrix } from "../../harness/plan/matrix.ts";
import { matrixSchema } from "../../harness/plan/matrix-schema.ts";
import { exactly } from "../exactly.ts";

const cells = (file: unknown) => cellsOf(matrixSchema.parse(file));
const names = (file: unknown) => cells(file).map(cellName);

t.test("a matrix of kernels alone has one kconfig and every case", async (t) => {
  const [one, two, more] = cells({ kernels: ["debian:6.1", "debian:6.12"], repeat: 3 });
  t.match(one, { kernel: "debian:6.1", kconfig: "plain", suite: "all" });
  t.match(one?.job, {
    kernel: "debian:6.1",
    kconfig: exactly([]),
    suites: exactly([]),
    cases: exactly([]),
    repeat: 3,
  });
  t.match(two?.job, { kernel: "debian:6.12" });
  t.equal(more, undefined);
});

t.test("cells are the product of all axes, a build's cells side by side", async (t) => {
  t.same(
    names({
      kernels: [{ name: "mine", kernel: "/linux", series: ["a.mbox"] }, "debian:6.1"],
      kconfigs: { plain: [], debug: ["debug-vm"] },
      suites: { survive: { suites: ["survive"] }, swap: { cases: ["*/swap/*"] } },
    }),
    [
      "mine × plain × survive",
      "mine × plain × swap",
      "mine × debug × survive",
      "mine × debug × swap",
      "debian:6.1 × plain × survive",
      "debian:6.1 × plain × swap",
      "debian:6.1 × debug × survive",
      "debian:6.1 × debug × swap",
    ],
  );
});

t.test("each cell is the job that its axes say", async (t) => {
  const [cell] = cells({
    kernels: [{ name: "mine", kernel: "/linux", series: ["a.mbox"] }],
    kconfigs: { debug: ["debug-vm", "page-table-check"] },
    suites: { swap: { suites: ["survive"], cases: ["*/swap/*"] } },
    boot: "qemu",
    memory: 1024,
  });
  t.match(cell?.job, {
    kernel: "/linux",
    series: ["a.mbox"],
    kconfig: ["debug-vm", "page-table-check"],
    suites: ["survive"],
    cases: ["*/swap/*"],
    boot: "qemu",
    memory: 1024,
    repeat: 1,
  });
});

t.test("cells are left out by the names that they share, and put in one by one", async (t) => {
  const file = {
    kernels: ["a", "b"],
    kconfigs: { plain: [], debug: ["debug-vm"] },
    exclude: [{ kconfig: "debug" }, { kernel: "b", kconfig: "plain" }],
  };
  t.same(names(file), ["a × plain × all"]);
  const include = [
    { kernel: "b", kconfig: "debug", suite: "all" },
    { kernel: "c", kconfig: "plain", suite: "all" },
    { kernel: "a", kconfig: "plain", suite: "all" },
  ];
  t.same(names({ ...file, include }), ["a × plain × all", "b × debug × all", "c × plain × all"]);
  t.match(cells({ ...file, include }).at(-1)?.job, { kernel: "c" });
});

t.test("the command line counts more than the file", async (t) => {
  const [cell] = cellsOf(matrixSchema.parse({ kernels: ["a"], results: "here" }), {
    results: "there",
  });
  t.equal(cell?.job.results, "there");
});

t.test("a mistake is named with its place", async (t) => {
  const mistakes: [string, RegExp][] = [
    ["kernels: [a, a]\n", /m\.yaml:1:14: kernels\.1: there are two kernels named a/],
    ["kernels: []\n", /m\.yaml:1:10: kernels: Too small/],
    ["kernels:\n  - kernel: a\n    serie: [x]\n", /m\.yaml:3:5: kernels\.0: .*serie/],
    ["kernels: [a]\nexclude:\n  - kernel: b\n", /m\.yaml:3:13: exclude\.0\.kernel: there is no/],
    [
      "kernels: [a]\ninclude:\n  - {kernel: b, kconfig: x, suite: all}\n",
      /m\.yaml:3:26: include\.0\.kconfig: there is no kconfig named x; there are: plain/,
    ],
    ["kconfigs: {}\n", /m\.yaml:1:1: kernels: /],
  ];
  for (const [text, message] of mistakes) {
    const path = join(t.testdir({ "m.yaml": text }), "m.yaml");
    await t.rejects(readMatrix(path), { message });
  }
});

t.test("the example for CI is nine cells", async (t) => {
  const path = join(import.meta.dirname, "../../examples/ci-matrix.yaml");
  const nine = cellsOf(await readMatrix(path));
  t.equal(nine.length, 9);
  t.match(nine.at(-1)?.job, { kernel: "debian:7.2", kconfig: ["no-marker"] });
  t.same(new Set(nine.map((cell) => cell.job.kernel)).size, 3);
});
