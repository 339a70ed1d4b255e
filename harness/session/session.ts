// Runs cases in guests, one after the other in each; a guest that is lost is replaced by a fresh one.
import { BootFailure, bootGuestPatiently } from "../guest/boot.ts";
import type { Guest, GuestRun } from "../guest/guest.ts";
import type { Machine } from "../guest/machine.ts";
import type { Image } from "../image/image.ts";
import type { Kernel } from "../kernel/kernel.ts";
import type { Finding } from "../klog/finding.ts";
import type { Limits } from "../plan/limits.ts";
import type { Outcome } from "./outcome.ts";
import { outcomesOf } from "./turn-outcomes.ts";
import { createTurnQueue, type Turn } from "./turn-queue.ts";

export interface SessionPlan {
  readonly kernel: Kernel;
  readonly image: Image;
  readonly machine: Machine;
  readonly turns: readonly Turn[];
  /** After so many a guest is replaced; never, unless given. */
  readonly turnsPerGuest?: number;
  /** How many guests run side by side, and the number of the first. */
  readonly guests: number;
  readonly firstGuest: number;
  readonly limits: Limits;
  /** Why a finding of a kernel fails nothing; undefined where it does. */
  readonly allows?: (title: string, release: string) => string | undefined;
  /** Once aborted, the cases under way are finished and no other is begun. */
  readonly stop?: AbortSignal | undefined;
  /** guest-N/ directories are made in here. */
  readonly directory: string;
}

/** Who keeps the record. Each call is awaited: nothing goes on before it is kept. */
export interface SessionListener {
  guestBegan(guest: Guest): Promise<void>;
  /** A guest did not come up; another one may be tried. */
  bootFailed(number: number, reason: string): Promise<void>;
  caseBegan(turn: Turn, guest: number): Promise<void>;
  outcome(outcome: Outcome): Promise<void>;
  /** A finding while no case was running. */
  strayFinding(finding: Finding, guest: number): Promise<void>;
}

/**
 * Runs all turns; each gets exactly one outcome, `not-run` at worst.
 *
 * @throws {BootFailure} when no guest ever came up
 * @throws {HarnessError} when QEMU can't be started or a guest runs another kernel
 * @throws the reason of `stop` when turns are left; they have no outcome
 * @throws {InterruptedError} when the harness was told to stop; the turn under way has no outcome
 */
export async function runSession(plan: SessionPlan, listener: SessionListener): Promise<void> {
  const { turnsPerGuest = Number.POSITIVE_INFINITY } = plan;
  const deadline = performance.now() + plan.limits.run;
  const isOver = () => plan.stop?.aborted === true || performance.now() > deadline;
  const queue = createTurnQueue(plan.turns, isOver);
  let nextGuest = plan.firstGuest;
  let everBooted = false;

  async function boot(): Promise<Guest> {
    const guest = await bootGuestPatiently(plan.kernel, plan.image, plan.machine, {
      directory: plan.directory,
      limitMs: plan.limits.boot,
      nextGuest: () => nextGuest++,
      cameUpBefore: () => everBooted,
      async bootFailed(number, reason, findings) {
        await listener.bootFailed(number, reason);
        await reportStray(findings, number);
      },
    });
    everBooted = true;
    return guest;
  }

  /** Runs turns in one guest until it is lost or nothing waits. */
  async function serveWith(guest: Guest): Promise<void> {
    await listener.guestBegan(guest);
    await reportStray(guest.bootFindings, guest.number, guest);
    try {
      for (let seq = 1; seq <= turnsPerGuest; seq++) {
        const turn = queue.take();
        if (!turn || !(await runTurn(turn, guest, seq))) return;
      }
    } finally {
      const last = await guest.close();
      await reportStray(last, guest.number, guest);
    }
  }

  /** Returns whether the guest is as good as before: others' programs leave what they like. */
  async function runTurn(turn: Turn, guest: Guest, seq: number): Promise<boolean> {
    const { description, repetition } = turn;
    const { suite, program, args, results } = description;
    await listener.caseBegan(turn, guest.number);
    const command = { seq, program, args, limitMs: turn.limit ?? plan.limits.case };
    const ran = await guest.run(command);
    await reportStray(ran.stray, guest.number, guest);
    // That a guest was lost before it had begun the turn says nothing about it; a second time it does.
    if (!ran.began && queue.putBack(turn)) return false;
    const run = { ...ran, findings: withAllowance(plan, ran.findings, guest) };
    for (const judged of outcomesOf(description, run)) {
      if (judged.resultOf && turn.wants?.(judged.id) === false) continue;
      await listener.outcome({ suite, repetition, guest: guest.number, ...judged });
    }
    return results === "one" && leavesNoTrace(ran);
  }

  async function reportStray(
    findings: readonly Finding[],
    number: number,
    guest?: Guest,
  ): Promise<void> {
    for (const finding of withAllowance(plan, findings, guest)) {
      await listener.strayFinding(finding, number);
    }
  }

  async function work(): Promise<void> {
    while (queue.hasNext()) await serveWith(await boot());
  }

  const workers = Math.max(1, Math.min(plan.guests, plan.turns.length));
  try {
    await allSettledOrThrow(Array.from({ length: workers }, work));
  } catch (error) {
    if (!(error instanceof BootFailure) || !everBooted) throw error;
    await leaveUnrun(queue.takeRest(), `no fresh guest came up: ${error.message}`, listener);
  }
  const rest = queue.takeRest();
  if (rest.length > 0) plan.stop?.throwIfAborted();
  await leaveUnrun(rest, "the run's time limit was over", listener);
}

/** Findings with why they fail nothing, where something allows them. */
function withAllowance(
  { allows, kernel }: SessionPlan,
  findings: readonly Finding[],
  guest?: Guest,
): Finding[] {
  // A guest that has not come up has not said what its kernel is.
  const release = guest?.identity.release ?? kernel.release;
  return findings.map((finding) => {
    const allowed = allows?.(finding.title, release);
    return allowed === undefined ? finding : { ...finding, allowed };
  });
}

async function leaveUnrun(
  turns: readonly Turn[],
  reason: string,
  listener: SessionListener,
): Promise<void> {
  for (const { description, repetition } of turns) {
    const { id, suite } = description;
    await listener.outcome({
      id,
      suite,
      repetition,
      reason,
      outcome: "not-run",
      durationMs: 0,
      guest: -1,
      findings: [],
      output: "",
    });
  }
}

/**
 * Every worker has ended before an error is thrown: no guest is left behind. Whatever else
 * went wrong goes before a boot that failed: after an interruption what is left is for a resume, not lost.
 */
async function allSettledOrThrow(workers: readonly Promise<void>[]): Promise<void> {
  const ends = await Promise.allSettled(workers);
  const reasons = ends.flatMap((end) => (end.status === "rejected" ? [end.reason] : []));
  if (reasons.length === 0) return;
  throw reasons.find((reason) => !(reason instanceof BootFailure)) ?? reasons[0];
}

/**
 * After a warning a kernel says less than before (WARN_ONCE, lockdep), and whatever ended a case
 * may have left its traces: the next case gets a guest that nothing has happened to.
 */
function leavesNoTrace(run: GuestRun): boolean {
  const ended = run.kind === "ended" && run.signal === undefined && !run.timedOut;
  return run.usable && ended && run.findings.length + run.stray.length === 0;
}
