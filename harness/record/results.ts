// results/: one folder a run, and `latest` for the newest of them.
import { existsSync } from "node:fs";
import { copyFile, mkdir, readdir, rename, rm, symlink } from "node:fs/promises";
import { basename, join, relative, resolve } from "node:path";
import { HarnessError, InterruptedError, UsageError } from "../errors.ts";
import type { Kernel } from "../kernel/kernel.ts";
import { clearLeftovers, ownName } from "../process/leftovers.ts";
import { JOURNAL, type Journal, openJournal } from "./journal.ts";
import type { UnnamedRun } from "./journal-event.ts";

/** A run's directory, and its journal, in which the run has begun. */
export interface NewRun {
  readonly directory: string;
  readonly journal: Journal;
}

/**
 * Begins the record of a run in a directory of its own, with the kernel's configuration and its
 * build log: where it can't begin, there is none, and `latest` stays what it was.
 *
 * @throws {HarnessError} when results/ can't be written to
 * @throws {InterruptedError} when somebody stops us before it has begun
 */
export async function beginRun(
  results: string,
  started: Date,
  begin: UnnamedRun,
  { config, buildLog }: Pick<Kernel, "config" | "buildLog"> = begin.kernel,
): Promise<NewRun> {
  const name = [timeName(started), begin.kernel.release.replaceAll(/[^\w.+-]/g, "_")]
    .filter(Boolean)
    .join("-");
  let directory: string | undefined;
  let journal: Journal | undefined;
  try {
    await mkdir(results, { recursive: true });
    await clearLeftovers(results);
    const id = await makeUnused(results, name);
    directory = join(results, id);
    if (config) await copyFile(config, join(directory, "config"));
    if (buildLog) await copyFile(buildLog, join(directory, "build.log"));
    journal = await openJournal(directory);
    await journal.append({ ...begin, id });
    await pointLatest(results, id);
    return { directory, journal };
  } catch (error) {
    await journal?.close();
    if (directory) await rm(directory, { recursive: true, force: true });
    if (error instanceof InterruptedError) throw error;
    const { message } = ((error as Error).cause ?? error) as Error;
    throw new HarnessError(`No run can be recorded in ${results}: ${message}`);
  }
}

const REPORT_KINDS = ["matrix", "bisect", "series", "mutants"] as const;
export type ReportKind = (typeof REPORT_KINDS)[number];

/** A directory among the runs, new and empty. */
export interface NewReport {
  readonly id: string;
  readonly directory: string;
}

/**
 * Makes a directory among the runs for what is about several of them.
 *
 * @throws {HarnessError} when results/ can't be written to
 */
export async function createReportDirectory(
  results: string,
  started: Date,
  kind: ReportKind,
): Promise<NewReport> {
  try {
    await mkdir(results, { recursive: true });
    const id = await makeUnused(results, `${timeName(started)}-${kind}`);
    // Tools that work in it are started there, and must find it as well.
    return { id, directory: resolve(results, id) };
  } catch (error) {
    throw new HarnessError(`Nothing can be recorded in ${results}: ${(error as Error).message}`);
  }
}

/**
 * The directory of a run that is named by its id, by a path, or by `latest`.
 *
 * @throws {UsageError} when there is none
 */
export function findRun(results: string, name: string): string {
  const paths = [join(results, name), name];
  const found = paths.find((path) => existsSync(join(path, JOURNAL)));
  if (!found) {
    const kind = reportKind(basename(name));
    if (kind && paths.some((path) => existsSync(path))) {
      throw new UsageError(
        `${name} is the record of uffdwp ${kind}, not of a run: its report.html says how far it came. The same command again finds what it has built.`,
      );
    }
    throw new UsageError(`There is no run ${name} in ${results}; npx uffdwp list runs shows them.`);
  }
  return resolve(found);
}

/** Directories of all runs, the oldest first. */
export async function listRuns(results: string): Promise<string[]> {
  const entries = await readdir(results, { withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(results, entry.name))
    .filter((directory) => existsSync(join(directory, JOURNAL)))
    .sort();
}

/** Names of the directories about several runs that have a page by now, the newest first. */
export async function listReports(results: string): Promise<{ name: string; kind: ReportKind }[]> {
  const names = await readdir(results).catch(() => []);
  return names
    .sort()
    .reverse()
    .flatMap((name) => {
      const kind = reportKind(name);
      return kind && existsSync(join(results, name, "report.html")) ? [{ name, kind }] : [];
    });
}

function reportKind(name: string): ReportKind | undefined {
  return REPORT_KINDS.find((kind) => new RegExp(`-${kind}(-\\d+)?$`).test(name));
}

/** A directory for people: short where it lies below the current one. */
export function shortPath(path: string): string {
  const near = relative(process.cwd(), path);
  return near === "" || near.startsWith("..") ? path : near;
}

/** `20260203T040506`, UTC. */
function timeName(time: Date): string {
  return time.toISOString().slice(0, 19).replaceAll(/[-:]/g, "");
}

async function makeUnused(results: string, name: string): Promise<string> {
  for (let n = 1; ; n++) {
    const id = n === 1 ? name : `${name}-${n}`;
    try {
      await mkdir(join(results, id));
      return id;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
  }
}

async function pointLatest(results: string, id: string): Promise<void> {
  const temporary = join(results, ownName(".latest."));
  await symlink(id, temporary);
  await rename(temporary, join(results, "latest"));
}
