// What a mutant is: one planted fault, as people write it down.
import { z } from "zod";
import { kernelVersion, type ReleaseRange } from "../kernel/release.ts";

const placeShape = {
  /** Path in the kernel's tree. */
  file: z.string(),
  function: z.string(),
  /** Kernels from this version on; and before this one. */
  since: kernelVersion.optional(),
  until: kernelVersion.optional(),
  /** Declarations of metavariables, as SmPL has them. */
  with: z.string().optional(),
  /** The body of a semantic patch: lines with `-` go, lines with `+` come. */
  change: z.string(),
};

export const mutantSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  /** What goes wrong with it, in a sentence. */
  why: z.string(),
  ...placeShape,
  /** The same fault elsewhere: in other kernels, or in another shape. The first that fits counts. */
  or: z.array(z.strictObject(placeShape).partial()).default([]),
  /** The proof that nobody can notice it. */
  equivalent: z.string().optional(),
});

/** One spot where a mutant may be planted, in kernels of a range. */
export interface Place extends ReleaseRange {
  /** Undefined: wherever the patch fits. */
  readonly file: string | undefined;
  readonly function: string | undefined;
  /** A whole semantic patch. */
  readonly smpl: string;
}

export interface Mutant {
  readonly id: string;
  readonly why: string;
  readonly places: readonly Place[];
  readonly equivalent: string | undefined;
}

/** From a mutant as it stands in YAML; what a further place leaves out is as in the first. */
export function mutantFrom(written: z.infer<typeof mutantSchema>): Mutant {
  const { id, why, or, equivalent, since, until, ...shared } = written;
  const others = or.map((one) => placeFrom({ ...shared, ...withoutUndefined(one) }));
  return { id, why, equivalent, places: [placeFrom({ ...shared, since, until }), ...others] };
}

interface WrittenPlace extends ReleaseRange {
  readonly file: string;
  readonly function: string;
  readonly with?: string | undefined;
  readonly change: string;
}

function withoutUndefined(
  place: z.infer<typeof mutantSchema>["or"][number],
): Partial<WrittenPlace> {
  return Object.fromEntries(Object.entries(place).filter(([, value]) => value !== undefined));
}

function placeFrom(place: WrittenPlace): Place {
  const { file, function: name, since, until, with: metavariables = "", change } = place;
  const smpl = `@@\n${metavariables.trim()}\n@@\n${change.trimEnd()}\n`;
  return { file, function: name, since, until, smpl };
}
