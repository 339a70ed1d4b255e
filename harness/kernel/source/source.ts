// A kernel's source, wherever it came from: a git tree in a kept work tree.

import { createHash } from "node:crypto";
import { mkdtemp, readdir, rename, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { UntestableKernelError, UsageError } from "../../errors.ts";
import { withLock } from "../../process/lock.ts";
import type { Progress } from "../../process/progress.ts";
import { mustRun, runTool } from "../../process/tool.ts";
import {
  borrowObjects,
  importDirectory,
  openWorkTree,
  resolveRevision,
  revisionAdvice,
  snapshot,
  type WorkTree,
} from "../tree/work-tree.ts";
import { newestPackages, unpackPackage } from "./apt.ts";
import type { SourceSpec } from "./spec.ts";

export interface Source {
  readonly tree: WorkTree;
  /** The git tree of the source, before any series: its key by content. */
  readonly base: string;
  /** In words: `linux-source-6.1 6.1.192-2`. */
  readonly description: string;
  /** The user's repository, where the source is one: git ranges are looked up there. */
  readonly repository: string | undefined;
  /** The commit, where the source is a revision as it stands in the repository. */
  readonly commit?: string;
}

/**
 * Resolves a spec to a source, fetching and importing what is not there yet.
 *
 * @throws {UsageError} when it names nothing: a version, a revision
 * @throws {HarnessError} when the mirror can't be read
 */
export async function resolveSource(spec: SourceSpec, progress: Progress): Promise<Source> {
  switch (spec.form) {
    case "debian":
      return debianSource(spec.version, progress);
    case "tarball":
      return tarballSource(spec.file, progress);
    case "tree":
      return spec.revision === undefined
        ? treeAsItStands(spec.path, progress)
        : treeAtRevision(spec.path, spec.revision);
  }
}

async function debianSource(version: string, progress: Progress): Promise<Source> {
  const pattern = new RegExp(`^linux-source-${version.replace(".", "\\.")}$`);
  const [found] = await newestPackages(pattern, progress);
  if (!found) {
    throw new UsageError(
      `debian:${version}: no suite of the Debian mirror has linux-source-${version}.`,
    );
  }
  const description = `${found.name} ${found.version}`;
  const tree = await openWorkTree(found.name);
  const base = await importOnce(tree, `debian-${found.version}`, progress, async (directory) => {
    progress.status(`fetching ${description}`);
    await unpackPackage(found, directory);
    const archive = join(directory, "usr", "src", `${found.name}.tar.xz`);
    await unpackTarball(archive, directory, progress);
  });
  return { tree, base, description, repository: undefined };
}

async function tarballSource(file: string, progress: Progress): Promise<Source> {
  const { stdout } = await mustRun("sha256sum", ["--zero", file]);
  const digest = stdout.slice(0, 64);
  const tree = await openWorkTree(`${safeName(basename(file))}-${digest.slice(0, 12)}`);
  const base = await importOnce(tree, `sha256-${digest}`, progress, (directory) =>
    unpackTarball(file, directory, progress),
  );
  return { tree, base, description: basename(file), repository: undefined };
}

async function treeAsItStands(path: string, progress: Progress): Promise<Source> {
  progress.status(`reading ${path}`);
  const head = await resolveRevision(path, "HEAD");
  const tree = await openWorkTree(lineageOf(path));
  const base = await withLock(join(tree.directory, "snapshot.lock"), progress, () =>
    snapshot(tree, path),
  );
  const description = head ? `${path} on ${head.slice(0, 12)}` : path;
  return { tree, base, description, repository: head ? path : undefined };
}

async function treeAtRevision(path: string, revision: string): Promise<Source> {
  const commit = await resolveRevision(path, revision);
  if (!commit) {
    throw new UsageError(`${path} has no revision ${revision}. ${revisionAdvice(path)}`);
  }
  const tree = await openWorkTree(lineageOf(path));
  await borrowObjects(join(tree.directory, "git"), path);
  const base = await tree.mustGit(["rev-parse", `${commit}^{tree}`]);
  const description = `${path}@${revision} (${commit.slice(0, 12)})`;
  return { tree, base, description, repository: path, commit };
}

/** One lineage a path, whatever the revision: what follows is built where the last one stands. */
function lineageOf(path: string): string {
  const digest = createHash("sha256").update(path).digest("hex");
  return `${safeName(basename(path))}-${digest.slice(0, 12)}`;
}

/** The git tree that a name stands for; the first time, `unpack` brings the files. */
async function importOnce(
  tree: WorkTree,
  name: string,
  progress: Progress,
  unpack: (directory: string) => Promise<void>,
): Promise<string> {
  // A version may hold what a ref may not: 1:6.1~rc1
  const ref = `refs/uffdwp/${name.replaceAll(/[^\w.+-]/g, "_")}`;
  const known = async () =>
    (await tree.git(["rev-parse", "--verify", "--quiet", `${ref}^{tree}`])).stdout.trim();
  return (
    (await known()) ||
    withLock(join(tree.directory, "work.lock"), progress, async () => {
      const meanwhile = await known();
      if (meanwhile) return meanwhile;
      const temporary = await mkdtemp(join(tree.directory, "unpack-"));
      try {
        await unpack(temporary);
        const top = await sourceTop(temporary);
        progress.status(`importing ${name}`);
        const sha = await importDirectory(tree, top);
        await adopt(tree, top, sha);
        await tree.mustGit(["update-ref", ref, sha]);
        return sha;
      } finally {
        await rm(temporary, { recursive: true, force: true });
      }
    })
  );
}

/** Spares the first checkout: freshly unpacked files become the work tree of a lineage that has none. */
async function adopt(tree: WorkTree, top: string, sha: string): Promise<void> {
  if ((await readdir(tree.src)).length > 0) return;
  await rm(tree.src, { recursive: true });
  await rename(top, tree.src);
  await tree.mustGit(["read-tree", "--reset", sha]);
  await tree.mustGit(["update-index", "-q", "--refresh"]);
}

async function unpackTarball(archive: string, directory: string, progress: Progress) {
  progress.status(`unpacking ${basename(archive)}`);
  const target = join(directory, "source");
  await mustRun("mkdir", [target]);
  const args = ["--extract", "--file", archive, "--directory", target];
  const result = await runTool("tar", args, { diesWithUs: true });
  if (result.failed) {
    throw new UsageError(`${archive} can't be unpacked: ${result.stderr.trim().slice(0, 300)}`);
  }
}

/** The one directory that a tarball holds. */
async function sourceTop(directory: string): Promise<string> {
  const target = join(directory, "source");
  const entries = await readdir(target);
  const top = entries.length === 1 ? join(target, entries[0] as string) : target;
  const files = await readdir(top).catch(() => [] as string[]);
  if (!files.includes("Kconfig") || !files.includes("Makefile")) {
    throw new UntestableKernelError(
      "The tarball holds no kernel tree: no Makefile and Kconfig at its top.",
    );
  }
  return top;
}

function safeName(name: string): string {
  return name.replaceAll(/[^\w.+-]/g, "_").replace(/^\.+/, "_");
}
