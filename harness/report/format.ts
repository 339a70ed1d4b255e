// What a report is: a pure function of a recorded run.
import type { Run } from "../record/run-schema.ts";

export interface RenderOptions {
  /** The run's directory, for where logs lie. */
  readonly directory: string;
  /** Whether ANSI colours are welcome. */
  readonly color: boolean;
  /** The run before, for what is new; undefined where there is none. */
  readonly previous?: Run | undefined;
}

export interface Format {
  readonly name: string;
  /** Under which name every run keeps this report, where it does. */
  readonly keptAs?: string;
  render(run: Run, options: RenderOptions): string;
}
