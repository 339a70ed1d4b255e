// All mutants in one tree: every changed spot guarded by its mutant's number.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { compareBodies, inside } from "./compare.ts";
import { type FunctionText, functionsOf, outsideOf } from "./functions.ts";
import type { ChangedFile } from "./place.ts";
import type { SpotPlace } from "./spot-schema.ts";
import { parseBody } from "./syntax.ts";
import { type NumberedSpot, weave } from "./weave.ts";

/** A mutant that has its place, and its number. */
export interface NumberedMutant {
  readonly number: number;
  readonly files: readonly ChangedFile[];
  /** The whole body is guarded instead of the spots in it: the compiler has refused them. */
  readonly coarse: boolean;
}

/** What of a tree changes when all mutants are planted. */
export interface Schemata {
  /** File names and their new text. */
  readonly files: ReadonlyMap<string, string>;
  /** Where each mutant changes something: lines of the original, from 1. */
  readonly spots: ReadonlyMap<number, readonly SpotPlace[]>;
  /** Mutants that change something outside of functions. */
  readonly unguarded: ReadonlySet<number>;
}

/** How many lines around a spot are kept. */
const AROUND = 6;

const INCLUDE = "#include <linux/uffdwp_mutant.h>\n";

/** Guards every spot of every mutant. */
export async function guardAll(src: string, planted: readonly NumberedMutant[]): Promise<Schemata> {
  const names = new Set(planted.flatMap(({ files }) => files.map(({ file }) => file)));
  const result = {
    files: new Map<string, string>(),
    spots: new Map<number, SpotPlace[]>(),
    unguarded: new Set<number>(),
  };
  const texts = await Promise.all(
    [...names].map(async (name) => [name, await readFile(join(src, name), "utf8")] as const),
  );
  const originals = new Map(texts);
  for (const { number, files } of planted) {
    if (!files.every(({ file, text }) => sameOutside(originals.get(file) as string, text))) {
      result.unguarded.add(number);
    }
  }
  for (const [name, original] of originals) {
    const here = planted.filter(({ number }) => !result.unguarded.has(number));
    const text = await guardFile(name, original, here, result.spots);
    if (text !== original) result.files.set(name, INCLUDE + text);
  }
  return result;
}

function sameOutside(original: string, changed: string): boolean {
  const [before, after] = [functionsOf(original), functionsOf(changed)];
  const outside = (text: string, functions: FunctionText[]) =>
    outsideOf(text, functions).replaceAll(/[ \t\n]+/g, " ");
  return before.length === after.length && outside(original, before) === outside(changed, after);
}

async function guardFile(
  file: string,
  original: string,
  planted: readonly NumberedMutant[],
  places: Map<number, SpotPlace[]>,
): Promise<string> {
  const functions = functionsOf(original);
  const variants = planted.flatMap(({ number, files, coarse }) =>
    files
      .filter((one) => one.file === file)
      .map(({ text }) => ({ number, coarse, text, functions: functionsOf(text) })),
  );
  let result = original;
  for (const [i, { name, body, end }] of [...functions.entries()].reverse()) {
    const text = original.slice(body, end);
    const spots: NumberedSpot[] = [];
    for (const variant of variants) {
      const theirs = variant.functions[i] as FunctionText;
      const other = variant.text.slice(theirs.body, theirs.end);
      if (other === text) continue;
      for (const spot of await spotsOf(text, other, variant.coarse)) {
        spots.push({ number: variant.number, spot });
        const line = lineAt(original, body + spot.start);
        const context = contextOf(original, line, lineAt(original, body + spot.end));
        const place = { file, function: name, line, changed: spot.changed.trim(), context };
        const was = text.slice(spot.start, spot.end).trim();
        places.set(variant.number, [
          ...(places.get(variant.number) ?? []),
          { ...place, original: was },
        ]);
      }
    }
    if (spots.length > 0) result = result.slice(0, body) + weave(text, spots) + result.slice(end);
  }
  return result;
}

async function spotsOf(original: string, changed: string, coarse: boolean) {
  const [a, b] = [await parseBody(readable(original)), await parseBody(readable(changed))];
  const spots = coarse ? [inside(a, b)] : compareBodies(a, b);
  return spots.map((spot) => ({ ...spot, changed: asItWas(spot.changed) }));
}

/** A `do` ends with a `while`, for the parser: as long as what the kernel has there. */
const ITERATOR = "for_each_vma_range";
const WHILE = "while/*_each_vma*/";

function readable(body: string): string {
  return body.replaceAll(`} ${ITERATOR}(`, `} ${WHILE}(`);
}

function asItWas(text: string): string {
  return text.replaceAll(WHILE, ITERATOR);
}

function contextOf(text: string, first: number, last: number): SpotPlace["context"] {
  const from = Math.max(1, first - AROUND);
  return { from, lines: text.split("\n").slice(from - 1, last + AROUND) };
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split("\n").length;
}
