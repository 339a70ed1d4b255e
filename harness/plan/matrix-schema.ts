// What a matrix file can say: kernels × kconfigs × suites, less some cells, and some more.
import { z } from "zod";
import { profileSchema } from "./profile.ts";

const name = z.string().min(1);
const { kernel, series, modules, cases, suites } = profileSchema.def.shape;

const kernelAxis = z.union([
  kernel.unwrap(),
  z
    .strictObject({ kernel: kernel.unwrap(), series, modules })
    .extend({
      name: name.optional().describe("what the column is called; the kernel unless given"),
    })
    .describe("a kernel with a series or modules"),
]);

const suiteAxis = z
  .strictObject({ suites, cases })
  .describe("names of suites, globs over cases; every case where both are missing");

const cell = z.strictObject({ kernel: name, kconfig: name, suite: name });

/** What a matrix shares with a profile. */
const shared = profileSchema.pick({
  boot: true,
  accel: true,
  cpus: true,
  memory: true,
  guests: true,
  repeat: true,
  timeouts: true,
  results: true,
}).shape;

const matrixFields = z.strictObject({
  kernels: z.array(kernelAxis).min(1).describe("columns"),
  kconfigs: z
    .record(name, z.array(name))
    .default({ plain: [] })
    .describe("a name, and the fragments on top of the default set"),
  suites: z
    .record(name, suiteAxis)
    .default({ all: {} })
    .describe("a name, and the cases that it stands for"),
  exclude: z
    .array(cell.partial())
    .default([])
    .describe("cells to leave out: those that have all the names given"),
  include: z
    .array(cell)
    .default([])
    .describe("single cells besides; the kernel may be one that is no column"),
  ...shared,
});

export type MatrixFile = z.infer<typeof matrixFields>;

/** The schema of a matrix file; names that don't exist are mistakes as well, with their place. */
export const matrixSchema = matrixFields.superRefine((matrix, context) => {
  const names = matrix.kernels.map(kernelName);
  const mistake = (path: (string | number)[], message: string) =>
    context.addIssue({ code: "custom", path, message });
  for (const [i, one] of names.entries()) {
    if (names.indexOf(one) < i) mistake(["kernels", i], `there are two kernels named ${one}`);
  }
  const there = {
    kernel: names,
    kconfig: Object.keys(matrix.kconfigs),
    suite: Object.keys(matrix.suites),
  };
  for (const list of ["exclude", "include"] as const) {
    for (const [i, one] of matrix[list].entries()) {
      for (const [axis, value] of Object.entries(one) as [keyof typeof there, string][]) {
        if (there[axis].includes(value) || (list === "include" && axis === "kernel")) continue;
        const known = there[axis].join(", ");
        mistake([list, i, axis], `there is no ${axis} named ${value}; there are: ${known}`);
      }
    }
  }
});

/** How a column is called. */
export function kernelName(axis: MatrixFile["kernels"][number]): string {
  return typeof axis === "string" ? axis : (axis.name ?? axis.kernel);
}
