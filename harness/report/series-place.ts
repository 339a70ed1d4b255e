// Where a finding's trace points into the series: the line that its author wants to see first.
import type { Run, RunFinding } from "../record/run-schema.ts";

export interface SeriesPlace {
  /** Below the kernel tree. */
  readonly file: string;
  /** In the patched tree, from 1. */
  readonly line: number;
  /** Subject of the patch that has written there. */
  readonly patch: string;
}

/** Files and lines in text: `mm/memory.c:1234`, as a warning or a decoded trace names them. */
export const SOURCE_PLACES = /\b((?:[\w-]+\/)+[\w-]+\.[chS]):(\d+)/g;

/** The first place of a finding's report that lies within a hunk of the series. */
export function placeInSeries({ kernel }: Run, finding: RunFinding): SeriesPlace | undefined {
  for (const text of finding.lines) {
    for (const [, file = "", number = ""] of text.matchAll(SOURCE_PLACES)) {
      const line = Number(number);
      const patch = kernel.patches.find(({ touches }) =>
        touches.some((one) => one.file === file && one.from <= line && line <= one.to),
      );
      if (patch) return { file, line, patch: patch.subject };
    }
  }
  return undefined;
}
