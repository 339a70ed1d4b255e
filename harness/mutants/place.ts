// Where in a tree a mutant goes, and what the files look like with it.
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { compareReleases } from "../kernel/release.ts";
import { functionsOf } from "./functions.ts";
import type { Mutant, Place } from "./mutant.ts";
import { filesChanged, spatch } from "./spatch.ts";

/** A file as the mutant has it. */
export interface ChangedFile {
  readonly file: string;
  readonly text: string;
}

/** The mutant's files in one tree; or why there are none. */
export type Placed =
  | { readonly files: readonly ChangedFile[]; readonly function: string | undefined }
  | { readonly reason: string };

/** Where a patch that names no file is tried: what userfaultfd has to do with. */
const SEARCHED = [
  ...["mm", "fs/userfaultfd.c", "fs/proc/task_mmu.c", "fs/hugetlbfs/inode.c", "kernel/fork.c"],
  ...["include/linux", "include/asm-generic", "arch/x86/mm", "arch/x86/include/asm"],
];

/** Plants a mutant at the first of its places that fits this tree. */
export async function placeMutant(mutant: Mutant, src: string, release: string): Promise<Placed> {
  const places = mutant.places.filter(
    ({ since, until }) =>
      !(since && compareReleases(release, since) < 0) &&
      !(until && compareReleases(release, until) >= 0),
  );
  if (places.length === 0) return { reason: `it is not for kernel ${release}` };
  const reasons: string[] = [];
  for (const place of places) {
    const placed = await tryPlace(place, src);
    if ("files" in placed) return placed;
    reasons.push(placed.reason);
  }
  return { reason: [...new Set(reasons)].join("; ") };
}

function tryPlace(place: Place, src: string): Promise<Placed> {
  const { file, function: name, smpl } = place;
  return file !== undefined && name !== undefined
    ? inFunction(src, file, name, smpl)
    : anywhere(src, smpl);
}

/** Only the function is given to spatch: it takes no time, and nothing else is changed. */
async function inFunction(src: string, file: string, name: string, smpl: string): Promise<Placed> {
  const path = join(src, file);
  if (!existsSync(path)) return { reason: `there is no ${file}` };
  const text = await readFile(path, "utf8");
  const found = functionsOf(text).filter((one) => one.name === name);
  if (found.length === 0) return { reason: `${file} has no function ${name}` };
  let changed = text;
  for (const { head, end } of found.reverse()) {
    const patched = await spatch(smpl, text.slice(head, end), extname(file));
    if ("error" in patched) return { reason: `spatch: ${patched.error}` };
    // The function ends where its brace does, not with the line.
    changed = changed.slice(0, head) + patched.text.trimEnd() + changed.slice(end);
  }
  if (changed === text) return { reason: `${name} in ${file} has nothing that the change fits` };
  return { files: [{ file, text: changed }], function: name };
}

async function anywhere(src: string, smpl: string): Promise<Placed> {
  const files: ChangedFile[] = [];
  for (const place of SEARCHED.filter((one) => existsSync(join(src, one)))) {
    const found = await filesChanged(smpl, src, place);
    if ("error" in found) return { reason: `spatch: ${found.error}` };
    for (const file of found) {
      const patched = await spatch(smpl, await readFile(join(src, file), "utf8"), extname(file));
      if ("error" in patched) return { reason: `spatch: ${patched.error}` };
      files.push({ file, text: patched.text });
    }
  }
  if (files.length === 0) return { reason: "nothing in the tree fits the change" };
  return { files, function: undefined };
}
