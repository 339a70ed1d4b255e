// results/: one folder a run, and `latest` for the newest of them.
import { existsSync } from "node:fs";
import { copyFile, mkdir, readdir, rename, symlink } from "node:fs/promises";
import { join, relative, resolve } from "node:path";
import { HarnessError, UsageError } from "../errors.ts";
import type { Kernel } from "../kernel/kernel.ts";
import { clearLeftovers, ownName } from "../process/leftovers.ts";
import { JOURNAL } from "./journal.ts";

/** A run's directory, new and empty but for what is known of the kernel. */
export interface NewRun {
  readonly id: string;
  readonly directory: string;
}

/**
 * Makes the directory of a new run, with the kernel's configuration and its build log.
 *
 * @throws {HarnessError} when results/ can't be written to
 */
export async function createRunDirectory(
  results: string,
  started: Date,
  kernel: Pick<Kernel, "release" | "config" | "buildLog">,
): Promise<NewRun> {
  const name = [timeName(started), kernel.release.replaceAll(/[^\w.+-]/g, "_")]
    .filter(Boolean)
    .join("-");
  try {
    await mkdir(results, { recursive: true });
    await clearLeftovers(results);
    const id = await makeUnused(results, name);
    const directory = join(results, id);
    if (kernel.config) await copyFile(kernel.config, join(directory, "config"));
    if (kernel.buildLog) await copyFile(kernel.buildLog, join(directory, "build.log"));
    await pointLatest(results, id);
    return { id, directory };
  } catch (error) {
    throw new HarnessError(`No run can be recorded in ${results}: ${(error as Error).message}`);
  }
}

const REPORT_KINDS = ["matrix", "bisect", "series", "mutants"] as const;
export type ReportKind = (typeof REPORT_KINDS)[number];

/**
 * Makes a directory among the runs for what is about several of them.
 *
 * @throws {HarnessError} when results/ can't be written to
 */
export async function createReportDirectory(
  results: string,
  started: Date,
  kind: ReportKind,
): Promise<NewRun> {
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
  const found = [join(results, name), name].find((path) => existsSync(join(path, JOURNAL)));
  if (!found) {
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
      const kind = REPORT_KINDS.find((kind) => new RegExp(`-${kind}(-\\d+)?$`).test(name));
      return kind && existsSync(join(results, name, "report.html")) ? [{ name, kind }] : [];
    });
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
