// What can be said about a run, in one schema: profile files and flags are checked against it.
import { z } from "zod";
import { SHARD } from "./shard.ts";

const seconds = z.number().positive().max(86_400);

/** The schema of a profile; every key is optional, flags win over the file. */
export const profileSchema = z
  .strictObject({
    kernel: z
      .string()
      .min(1)
      .describe("debian:6.1, PATH, PATH@REV, a tarball, image:FILE or debian-image:6.12"),
    series: z
      .array(z.string().min(1))
      .describe("mbox, quilt directory, directory of patches, git range or message id"),
    kconfig: z
      .array(z.string().min(1))
      .describe("fragments by name or by path, on top of the default set"),
    modules: z
      .string()
      .min(1)
      .describe("directory above lib/modules, for an image: that needs modules"),
    cases: z.array(z.string().min(1)).describe("globs over the ids of cases"),
    suites: z.array(z.string().min(1)).describe("names of suites"),
    ownCases: z
      .array(z.string().min(1))
      .describe("directories of cases beside ours, each with a Makefile and a suite.yaml"),
    allow: z
      .array(z.string().min(1))
      .describe("files of findings that fail nothing, like cases/allow.yaml"),
    boot: z.enum(["auto", "virtme-ng", "qemu"]),
    accel: z.enum(["auto", "kvm", "tcg"]),
    cpus: z.int().min(1).max(8).describe("virtual processors of a guest"),
    memory: z.int().min(256).max(65_536).describe("MiB of a guest"),
    guests: z
      .int()
      .min(1)
      .max(64)
      .describe("guests side by side; two, where there is enough to do, unless given"),
    confirm: z.int().min(0).max(100).describe("how often a regression is run again"),
    repeat: z.int().min(1).max(10_000).describe("how often each case is run"),
    timeouts: z.strictObject({ boot: seconds, case: seconds, run: seconds }).partial(),
    formats: z.array(z.string().min(1)).describe("FORMAT or FORMAT=FILE"),
    baseline: z
      .string()
      .min(1)
      .describe("a recorded run: what was as bad in it already does not fail this one"),
    shard: z
      .string()
      .regex(SHARD, "expected a shard such as 2/4")
      .describe("2/4: the second of four parts of the cases"),
    results: z.string().min(1).describe("where runs are recorded"),
    cache: z.boolean().describe("false builds again what is already there"),
  })
  .partial();

export type Profile = z.infer<typeof profileSchema>;
