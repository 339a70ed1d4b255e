// Ids that KCIDB accepts: our origin, then something that stays the same for the same thing.
import { createHash } from "node:crypto";
import type { Run, RunCase } from "../../record/run-schema.ts";

export const ORIGIN = "uffdwp";

export interface Ids {
  readonly checkout: string;
  readonly build: string;
}

export function idsOf({ id, kernel }: Run): Ids {
  const patches = kernel.patches.map(({ sha256 }) => sha256);
  const checkout = `${ORIGIN}:${hash(kernel.source, ...kernel.series, ...patches)}`;
  const build = `${ORIGIN}:${hash(checkout, kernel.configHash, kernel.buildId ?? "", id)}`;
  return { checkout, build };
}

export function testId({ build }: Ids, { id, repetition }: RunCase): string {
  return `${build}-${id.replaceAll("/", ".").replaceAll("\0", "")}-${repetition}`;
}

/** One for each known bug: the same in all runs. */
export function issueId({ because }: RunCase): string {
  return `${ORIGIN}:${hash(because)}`;
}

export function incidentId(...parts: readonly string[]): string {
  return `${ORIGIN}:${hash(...parts)}`;
}

function hash(...parts: readonly string[]): string {
  return createHash("sha256").update(parts.join("\0")).digest("hex").slice(0, 32);
}
