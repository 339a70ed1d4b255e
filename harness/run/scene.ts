// All that stands once a run begins.
import type { Image } from "../image/image.ts";
import type { Kernel } from "../kernel/kernel.ts";
import type { Job } from "../plan/job.ts";
import type { RecordedMachine } from "../record/journal-event.ts";
import type { AllowedFinding } from "../verdict/allow-list.ts";
import type { Baseline } from "../verdict/baseline.ts";
import type { SuiteFiles } from "../verdict/suite-file.ts";

export interface Scene {
  readonly job: Job;
  readonly kernel: Kernel;
  readonly image: Image;
  readonly machine: RecordedMachine;
  readonly suites: SuiteFiles;
  readonly baseline: Baseline | undefined;
  readonly allow: readonly AllowedFinding[];
  readonly directory: string;
  readonly stop?: AbortSignal | undefined;
}
