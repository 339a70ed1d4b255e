// Where in a tree a mutant goes, and what the files look like with it.
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { isBetween } from "../kernel/release.ts";
import { candidates } from "./candidates.ts";
import { functionsOf } from "./functions.ts";
import type { Mutant, Place } from "./mutant.ts";
import { spatch, spatchFiles } from "./spatch.ts";

/** A file as the mutant has it. */
export interface ChangedFile {
  readonly file: string;
  readonly text: string;
}

/** The mutant's files in one tree; or why there are none. */
export type Placed =
  | { readonly files: readonly ChangedFile[]; readonly function: string | undefined }
  | {
      readonly reason: string;
      /** Whether it fits was not even asked: spatch can't read it, or comes to no end. */
      readonly unreadable: boolean;
    };

/** More files than this are not tried: a patch that may fit all of them says too little. */
const MANY = 600;

/** Plants a mutant at the first of its places that fits this tree. */
export async function placeMutant(mutant: Mutant, src: string, release: string): Promise<Placed> {
  const places = mutant.places.filter((place) => isBetween(release, place));
  if (places.length === 0) return unfit(`it is not for kernel ${release}`);
  const refused: Exclude<Placed, { files: unknown }>[] = [];
  for (const place of places) {
    const placed = await tryPlace(place, src);
    if ("files" in placed) return placed;
    refused.push(placed);
  }
  const reasons = new Set(refused.map(({ reason }) => reason));
  return {
    reason: [...reasons].join("; "),
    unreadable: refused.some(({ unreadable }) => unreadable),
  };
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
  if (!existsSync(path)) return unfit(`there is no ${file}`);
  const text = await readFile(path, "utf8");
  const found = functionsOf(text).filter((one) => one.name === name);
  if (found.length === 0) return unfit(`${file} has no function ${name}`);
  let changed = text;
  for (const { head, end } of found.reverse()) {
    const patched = await spatch(smpl, text.slice(head, end), file);
    if ("error" in patched) return unreadable(`spatch: ${patched.error}`);
    // The function ends where its brace does, not with the line.
    changed = changed.slice(0, head) + patched.text.trimEnd() + changed.slice(end);
  }
  if (changed === text) return unfit(`${name} in ${file} has nothing that the change fits`);
  return { files: [{ file, text: changed }], function: name };
}

async function anywhere(src: string, smpl: string): Promise<Placed> {
  for await (const group of candidates(src, smpl)) {
    if (group.length > MANY) {
      return unreadable(`${group.length} files may be meant: let it name one, or a function`);
    }
    const changed = await spatchFiles(smpl, src, group);
    if ("error" in changed) return unreadable(`spatch: ${changed.error}`);
    const files = [...changed].map(([file, text]) => ({ file, text }));
    if (files.length > 0) return { files, function: undefined };
  }
  // Files that may fit there are none of; the patch itself may still be wrong.
  const tried = await spatch(smpl, "", "mm/memory.c");
  if ("error" in tried) return unreadable(`spatch: ${tried.error}`);
  return unfit("nothing in the tree fits the change");
}

function unfit(reason: string): Placed {
  return { reason, unreadable: false };
}

function unreadable(reason: string): Placed {
  return { reason, unreadable: true };
}
