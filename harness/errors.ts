// The family of errors that end a command, and the one place that knows their exit codes.

import { printable } from "./process/printable.ts";

/**
 * An error that a person is meant to read: what happened, where, and what to do about it.
 * Its message is printed as it stands, without a stack trace, and may quote what others have written.
 */
export abstract class UffdwpError extends Error {
  /** As `git bisect run` reads it: 125 skips a revision, above 127 ends the bisection. */
  abstract readonly exitCode: number;

  constructor(message: string, options?: ErrorOptions) {
    super(printable(message), options);
    this.name = new.target.name;
  }
}

/** How far a kernel came that can't be judged. */
export type UntestableStage = "series" | "kconfig" | "build" | "boot";

/** What is known of how an untestable kernel ended. */
interface UntestableEnd {
  /** Where it ended; undefined where there was no kernel to begin with. */
  readonly stage?: UntestableStage | undefined;
  /** Path of the whole build's log, where a build failed. */
  readonly buildLog?: string | undefined;
}

/** This kernel can't be judged: no patch, no option, no build, or no boot. */
export class UntestableKernelError extends UffdwpError implements UntestableEnd {
  readonly exitCode = 125;
  readonly stage: UntestableStage | undefined;
  readonly buildLog: string | undefined;

  constructor(message: string, { stage, buildLog }: UntestableEnd = {}) {
    super(message);
    this.stage = stage;
    this.buildLog = buildLog;
  }
}

/** The harness or the machine failed; nothing is said about the kernel. */
export class HarnessError extends UffdwpError {
  readonly exitCode = 128;
}

/** The command line or a YAML file is wrong. */
export class UsageError extends UffdwpError {
  readonly exitCode = 129;
}

/** Somebody stopped us; what had finished is on disk. */
export class InterruptedError extends UffdwpError {
  readonly exitCode: number;

  constructor(signal: "SIGINT" | "SIGTERM") {
    super(`Stopped by ${signal}.`);
    this.exitCode = signal === "SIGINT" ? 130 : 143;
  }
}

/** A newer tree is there: what was under way is of no interest any more. */
export class SupersededError extends UffdwpError {
  readonly exitCode = 130;

  constructor() {
    super("The tree was saved again.");
  }
}

/** What an error, of our family or not, means to the shell. */
export function exitCodeOf(error: unknown): number {
  return error instanceof UffdwpError ? error.exitCode : 128;
}
