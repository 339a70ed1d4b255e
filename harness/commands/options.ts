// Flags that several commands share, and how they become a profile.
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { type Command, InvalidArgumentError, Option } from "commander";
import { UsageError } from "../errors.ts";
import { absoluteSuite } from "../image/kselftest/spec.ts";
import { absoluteFragment } from "../kernel/kconfig/fragment.ts";
import { absoluteSpec } from "../kernel/source/spec.ts";
import { type Job, jobFrom } from "../plan/job.ts";
import { type Profile, profileSchema } from "../plan/profile.ts";
import { readProfile } from "../plan/profile-file.ts";
import { type FormatRequest, parseFormat } from "../report/registry.ts";

type Flags = Profile & { profile?: string; timeout?: number; jobs?: number };

/** The flags that say which kernel. */
export function withKernelOptions(command: Command): Command {
  return command
    .option(
      "-k, --kernel <kernel>",
      "debian:6.1 (default), PATH, PATH@REV, tarball, image:FILE, debian-image:6.12",
    )
    .option(
      "--series <series>",
      "patches on top: mbox, quilt or patch directory, git range, message id (repeatable)",
      collect,
    )
    .option(
      "--kconfig <fragment>",
      "a fragment of kconfigs/ by name, or by path (repeatable)",
      collect,
    )
    .option("--modules <dir>", "directory above lib/modules, for image:FILE")
    .option("--no-cache", "build again what is already there")
    .option("--profile <file>", "a YAML file that says the same as these flags");
}

/** The flags that say on what machine. */
export function withMachineOptions(command: Command): Command {
  return command
    .addOption(new Option("--accel <accel>", "how guests run").choices(["auto", "kvm", "tcg"]))
    .option("--cpus <n>", "virtual processors of a guest", number)
    .option("--memory <MiB>", "memory of a guest", number);
}

/** The flags that say which cases, how, and where the record goes: for a run, and for a hunt of many. */
export function withCaseOptions(command: Command): Command {
  return withMachineOptions(command)
    .option("--case <glob>", "cases whose id matches (repeatable)", collect)
    .option("--suite <name>", "cases of a suite (repeatable)", collect)
    .option("--cases <dir>", "cases of your own beside ours: cases/README.md (repeatable)", collect)
    .option("--allow <file>", "findings that fail nothing: cases/allow.yaml (repeatable)", collect)
    .addOption(new Option("--boot <way>", "how guests boot").choices(["auto", "virtme-ng", "qemu"]))
    .option("-j, --jobs <n>", "guests side by side (two, where there is enough to do)", number)
    .option("--timeout <seconds>", "time limit of a case", number)
    .option("--results <dir>", "where it is recorded");
}

/** What only a single run can be told. */
export function withRunOptions(command: Command): Command {
  return withFormatOption(withCaseOptions(command))
    .option("--repeat <n>", "run each case so often", number)
    .option("--confirm <n>", "run a regression again so often, in fresh guests (2)", count)
    .option("--shard <i/n>", "only the ith of n parts of the cases; uffdwp merge joins them")
    .option(
      "--baseline <run>",
      "fail only for what is worse than in this run: id, path, or latest",
    );
}

/** Where runs are looked for. */
export function withResultsOption(command: Command): Command {
  return command.option("--results <dir>", "where runs are recorded", jobFrom({}).results);
}

/** The argument and the flags of a command that renders a recorded run. */
export function withRecordedRun(command: Command): Command {
  return withFormatOption(withResultsOption(command)).argument("<run>", "id, path, or latest");
}

/** In what form, and where to, a recorded run is shown. */
export function withFormatOption(command: Command): Command {
  return command.option(
    "--format <format[=file]>",
    "report, to stdout or into a file (repeatable)",
    collect,
  );
}

/** The formats asked for, `--json` first of all. */
export function requestedFormats(command: Command, usual: readonly string[]): FormatRequest[] {
  const { json, format } = command.opts<{ json?: boolean; format?: string[] }>();
  return (json ? ["json"] : (format ?? usual)).map(parseFormat);
}

export function resultsDirectory(command: Command): string {
  return command.opts<{ results: string }>().results;
}

/**
 * The job that a command line describes: defaults, then the profile, then the flags.
 *
 * @throws {UsageError} when the profile or a flag is wrong
 */
export async function jobOf(command: Command): Promise<Job> {
  type Repeated = "allow" | "case" | "cases" | "suite" | "format";
  const flags = command.opts<Omit<Flags, "cases"> & { [K in Repeated]?: string[] }>();
  const fromFlags = checkFlags({
    kernel: flags.kernel,
    series: flags.series,
    kconfig: flags.kconfig,
    modules: flags.modules,
    cases: flags.case,
    suites: flags.suite,
    boot: flags.boot,
    accel: flags.accel,
    cpus: flags.cpus,
    memory: flags.memory,
    guests: flags.jobs,
    repeat: flags.repeat,
    confirm: flags.confirm,
    formats: flags.format,
    results: flags.results,
    baseline: flags.baseline,
    shard: flags.shard,
    ownCases: flags.cases,
    allow: flags.allow,
    ...(flags.timeout !== undefined && { timeouts: { case: flags.timeout } }),
    ...(flags.cache === false && { cache: false }),
  });
  const fromFile = flags.profile ? await readProfile(flags.profile) : {};
  return fromAnywhere(jobFrom(fromFile, fromFlags));
}

/**
 * The same job, named from any directory: a run may be resumed, and its commands repeated, elsewhere.
 * In a profile a path begins, as in a flag, where the command was given.
 */
export function fromAnywhere(job: Job): Job {
  return {
    ...job,
    kernel: absoluteSpec(job.kernel),
    series: job.series.map((one) => (existsSync(one) ? resolve(one) : one)),
    kconfig: job.kconfig.map(absoluteFragment),
    ...(job.modules !== undefined && { modules: resolve(job.modules) }),
    suites: job.suites.map(absoluteSuite),
    ownCases: job.ownCases.map((directory) => resolve(directory)),
    allow: job.allow.map((file) => resolve(file)),
  };
}

function checkFlags(flags: unknown): Profile {
  const result = profileSchema.safeParse(flags);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new UsageError(`${issue?.path.join(".")}: ${issue?.message}`);
}

/** Gathers the values of a repeatable flag. */
export function collect(value: string, previous: string[] = []): string[] {
  return [...previous, value];
}

function count(value: string): number {
  if (!/^\d{1,4}$/.test(value)) throw new InvalidArgumentError("It must be a number from 0 on.");
  return Number(value);
}

export function number(value: string): number {
  const parsed = Number(value);
  if (!Number.isFinite(parsed) || parsed <= 0)
    throw new InvalidArgumentError("It must be a positive number.");
  return parsed;
}

/** A TCP port; 0 leaves the choice to the system. */
export function port(value: string): number {
  const parsed = Number(value);
  if (!Number.isInteger(parsed) || parsed < 0 || parsed > 65_535)
    throw new InvalidArgumentError("It must be a port, from 0 to 65535.");
  return parsed;
}
