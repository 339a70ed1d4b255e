// A kept work tree of ours: what is built stands in it, and only what differs is ever rewritten.

import { existsSync } from "node:fs";
import { cp, mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { HarnessError } from "../../errors.ts";
import { cacheDirectory } from "../../process/directories.ts";
import { publishFile } from "../../process/publish.ts";
import { type OwnGit, ownGit } from "./own-git.ts";
import { theirGit } from "./their-git.ts";

export interface WorkTree extends OwnGit {
  /** Where all of it lies: git/, src/, build/, locks. */
  readonly directory: string;
  /** What make builds. */
  readonly src: string;
}

/**
 * Opens the work tree of a lineage: sources that follow one another in the same place, so that
 * the next build only does what has changed.
 *
 * @param lineage a name fit for a directory: `linux-source-6.1`, `linux-1f3a…`
 */
export async function openWorkTree(lineage: string): Promise<WorkTree> {
  const directory = cacheDirectory("trees", lineage);
  const gitDirectory = join(directory, "git");
  const src = join(directory, "src");
  const git = ownGit({ GIT_DIR: gitDirectory, GIT_WORK_TREE: src }, src);
  const tree: WorkTree = { directory, src, ...git };
  await mkdir(src, { recursive: true });
  if (!existsSync(join(gitDirectory, "HEAD"))) await tree.mustGit(["init", "--quiet"]);
  return tree;
}

/**
 * Brings a directory that is no checkout of ours into our repository, every file of it.
 *
 * @returns the git tree's hash: the key of the content
 */
export async function importDirectory(tree: WorkTree, directory: string): Promise<string> {
  const index = join(tree.directory, "import.index");
  await rm(index, { force: true });
  const env = { GIT_WORK_TREE: directory, GIT_INDEX_FILE: index };
  // --force: Debian's packaged sources ignore everything at their top.
  await tree.mustGit(["add", "--all", "--force", "."], { env, cwd: directory });
  const sha = await tree.mustGit(["write-tree"], { env, cwd: directory });
  await rm(index);
  return sha;
}

/**
 * The content of somebody's tree as it stands, uncommitted edits and new files included; what
 * their .gitignore names is left out. Their repository is read and never written to.
 *
 * @returns the git tree's hash
 */
export async function snapshot(tree: WorkTree, path: string): Promise<string> {
  await borrowObjects(join(tree.directory, "git"), path);
  const index = join(tree.directory, "snapshot.index");
  if (!existsSync(index)) await seedIndex(index, path);
  const env = { GIT_WORK_TREE: path, GIT_INDEX_FILE: index };
  const force = (await hidesItself(tree, path)) ? ["--force"] : [];
  const add = ["add", "--all", ...force, "."];
  const result = await tree.git(add, { env, cwd: path });
  if (result.failed) {
    // An index of a kind that this git can't carry on with: begin with none.
    await rm(index, { force: true });
    await tree.mustGit(add, { env, cwd: path });
  }
  return tree.mustGit(["write-tree"], { env, cwd: path });
}

/** Puts a git tree into our work tree; files that don't differ keep their times. */
export async function checkOut(tree: WorkTree, sha: string): Promise<void> {
  await rm(join(tree.directory, "git", "index.lock"), { force: true });
  await tree.mustGit(["read-tree", "--reset", "-u", sha]);
}

/**
 * Lets a repository of ours find the objects of theirs, where theirs is a git checkout; and, where
 * theirs is shallow, where its history ends.
 *
 * @param gitDirectory ours
 */
export async function borrowObjects(gitDirectory: string, path: string): Promise<void> {
  const objects = await gitPath(path, "objects");
  if (!objects) return;
  await publishFile(join(gitDirectory, "objects", "info", "alternates"), `${objects}\n`);
  const shallow = await gitPath(path, "shallow");
  if (shallow && existsSync(shallow)) await cp(shallow, join(gitDirectory, "shallow"));
}

/** The commit that a revision of somebody's repository names, or undefined. */
export async function resolveRevision(path: string, revision: string): Promise<string | undefined> {
  const args = ["rev-parse", "--verify", "--quiet", `${revision}^{commit}`];
  const result = await theirGit(path, args);
  return result.failed ? undefined : result.stdout.trim();
}

/** What to do about a revision that is not there. */
export function revisionAdvice(path: string): string {
  return `Name another one, or fetch it first: git -C ${path} fetch --all --tags.`;
}

async function seedIndex(index: string, path: string): Promise<void> {
  const theirs = await gitPath(path, "index");
  if (theirs && existsSync(theirs)) await cp(theirs, index);
}

/** Where a checkout keeps something, or undefined when the path is not the top of one. */
async function gitPath(path: string, name: string): Promise<string | undefined> {
  const args = ["rev-parse", "--path-format=absolute", "--show-cdup", "--git-path", name];
  const result = await theirGit(path, args);
  const [cdup, found] = result.stdout.split("\n");
  return result.failed || cdup !== "" ? undefined : found;
}

/** True for a plain tree whose .gitignore hides even its Makefile, as Debian's packages do. */
async function hidesItself(tree: WorkTree, path: string): Promise<boolean> {
  const env = { GIT_WORK_TREE: path };
  const args = ["check-ignore", "--quiet", "--no-index", "Makefile"];
  const result = await tree.git(args, { env, cwd: path });
  if ((result.exitCode ?? 128) > 1) throw new HarnessError(result.message);
  return result.exitCode === 0;
}
