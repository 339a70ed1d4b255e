// A booted kernel, as the session sees it: the same whichever way it was booted.
import type { Finding } from "../klog/finding.ts";

/** What a guest says of itself, before it may run anything. */
export interface GuestIdentity {
  /** As `uname -r` prints it. */
  readonly release: string;
  /** The GNU build id in hex, "" where the kernel does not tell. */
  readonly buildId: string;
  /** The text of /proc/config.gz, "" where there is none. */
  readonly config: string;
  /** The bits that UFFDIO_API offers; 0n where there is no userfaultfd. */
  readonly features: bigint;
}

export interface CaseCommand {
  /** Counts up from 1 within a guest; every answer carries it. */
  readonly seq: number;
  /** Path inside the guest. */
  readonly program: string;
  readonly args: readonly string[];
  /** Milliseconds of the guest's clock. */
  readonly limitMs: number;
  /** Milliseconds that the host waits on top of them before it gives the guest up, 10,000 as a rule. */
  readonly graceMs?: number | undefined;
  /** Of a kernel with planted faults: the one that is active meanwhile, 0 for none. */
  readonly mutant?: number;
}

/** What a kernel with planted faults says after a case. */
export interface MutantReport {
  /** The one that was active, 0 for none. */
  readonly number: number;
  /** Guards that the case has reached, and whether their mutant made or would have made a difference. */
  readonly hits: ReadonlyMap<number, { readonly differs: boolean }>;
}

/** How a case ended that the guest has survived. */
interface CaseEnded {
  readonly kind: "ended";
  /** Undefined when a signal ended it. */
  readonly exitCode: number | undefined;
  readonly signal: number | undefined;
  readonly timedOut: boolean;
  /** What a kernel with planted faults says; undefined for any other. */
  readonly mutant?: MutantReport | undefined;
}

/** How a guest ended, with whatever it was running. */
interface GuestLost {
  readonly kind: "lost";
  /** It went away by itself, or it was given up because it no longer answered. */
  readonly how: "died" | "hung";
  readonly reason: string;
}

export type CaseRun = (CaseEnded | GuestLost) & {
  /** Milliseconds, by the host's clock. */
  readonly durationMs: number;
  /** What the case printed, stdout and stderr together. */
  readonly output: string;
  /** What the kernel log said meanwhile. */
  readonly findings: readonly Finding[];
};

/** What came of a command: of the case, and of the guest. */
export type GuestRun = CaseRun & {
  /** False where the guest was lost before it had begun the case, which says nothing about it. */
  readonly began: boolean;
  /** What the kernel log said before the case began and after it had ended. */
  readonly stray: readonly Finding[];
  /** Whether the guest can run another case. */
  readonly usable: boolean;
};

export interface Guest {
  readonly number: number;
  readonly identity: GuestIdentity;
  /** Findings of the boot, before the first case. */
  readonly bootFindings: readonly Finding[];
  /** Milliseconds from the start of QEMU to the guest's hello. */
  readonly bootMs: number;
  /**
   * Runs one case, in a guest that is usable.
   *
   * @throws {HarnessError} when the kernel had another mutant active than the one asked for
   */
  run(command: CaseCommand): Promise<GuestRun>;
  /** Ends the guest and everything that belongs to it; returns what the log said after the last case. */
  close(): Promise<readonly Finding[]>;
}
