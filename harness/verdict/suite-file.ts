// cases/suite.yaml: what the cases need, and which of them fail for a reason we know.
import { join } from "node:path";
import { z } from "zod";
import { kernelVersion } from "../kernel/release.ts";
import { projectDirectory } from "../process/directories.ts";
import { readYaml } from "../process/yaml-file.ts";
import { FEATURES } from "./features.ts";
import { titlePattern } from "./finding-title.ts";

const globs = z.array(z.string().min(1)).min(1).describe("globs over the ids of cases");
const option = z.string().regex(/^[A-Z0-9_]+$/, "expected an option without CONFIG_");

const needSchema = z.strictObject({
  cases: globs,
  features: z.array(z.enum(FEATURES as [string, ...string[]])).default([]),
  kconfig: z.array(option).default([]),
  /** The first kernel that can do it. */
  since: kernelVersion.optional(),
  /** What no guest of ours has, in a few words. */
  absent: z.string().min(1).optional(),
});

const knownSchema = z.strictObject({
  cases: globs,
  /** The first kernel with the bug, and the first without it. */
  since: kernelVersion.optional(),
  until: kernelVersion.optional(),
  /** Without all of these nobody notices: the kernel's own assertions. */
  kconfig: z.array(option).default([]),
  outcomes: z
    .array(z.enum(["fail", "timeout", "crash"]))
    .min(1)
    .default(["fail"]),
  /** What the kernel log says when the bug shows itself; any other splat is a bug of its own. */
  findings: z.array(titlePattern).min(1).optional(),
  why: z.string().min(1),
  /** The commit that fixes it, or where it was reported. */
  reference: z.string().min(1),
});

/** A result of somebody else's program that says less than it seems to. */
const vacuousSchema = z.strictObject({
  cases: globs,
  /** It means something on a kernel with all of these; never, when there are none. */
  unless: z.array(option).default([]),
  why: z.string().min(1),
  /** What would make it mean something. */
  cure: z.string().min(1),
});

/** Why somebody else's program skips what it need not skip. */
const cureSchema = z.strictObject({
  cases: globs,
  /** What the program says when it skips: a part of it. */
  says: z.string().min(1),
  cure: z.string().min(1),
});

const suiteFileSchema = z.strictObject({
  suites: z.record(z.string(), z.string()).describe("name: what it is about, in one sentence"),
  needs: z.array(needSchema).default([]),
  known: z.array(knownSchema).default([]),
  vacuous: z.array(vacuousSchema).default([]),
  cures: z.array(cureSchema).default([]),
});

export type Need = z.infer<typeof needSchema>;
export type Known = z.infer<typeof knownSchema>;
export type SuiteFile = z.infer<typeof suiteFileSchema>;

/** What is known of our cases, of the kernel's own selftests, and of cases of others. */
export interface SuiteFiles {
  of(suite: string): SuiteFile;
}

/** @throws {UsageError} with file, line and column of a mistake */
export async function readSuiteFile(
  path = join(projectDirectory, "cases", "suite.yaml"),
): Promise<SuiteFile> {
  return readYaml(path, suiteFileSchema);
}

/**
 * @param ownCases directories of cases that are not ours, each with a suite.yaml
 * @throws {UsageError} with file, line and column of a mistake
 */
export async function readSuiteFiles(ownCases: readonly string[] = []): Promise<SuiteFiles> {
  const ours = await readSuiteFile();
  const theirs = await readSuiteFile(join(projectDirectory, "cases", "kselftest.yaml"));
  const own = await Promise.all(ownCases.map((one) => readSuiteFile(join(one, "suite.yaml"))));
  return {
    of(suite) {
      if (suite.startsWith("kselftest:")) return theirs;
      return own.find(({ suites }) => suite in suites) ?? ours;
    },
  };
}
