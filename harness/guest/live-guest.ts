// A guest that is up: runs cases one after the other, until it is lost or closed.
import { HarnessError } from "../errors.ts";
import type { Channels } from "./channels.ts";
import type { CaseCommand, CaseRun, Guest } from "./guest.ts";
import type { EndMessage } from "./mailbox.ts";
import { type MutantReport, mutantLine, powerOffLine, runLine } from "./protocol.ts";
import type { QemuProcess } from "./qemu-process.ts";
import type { Missing } from "./wait-for.ts";

/** What the host allows on top of a case's limit before it gives the guest up, in milliseconds. */
const GRACE_MS = 10_000;
/** How long the last bytes of the other channels may take after the control channel's, in milliseconds. */
export const STRAGGLERS_MS = 3_000;
/** How long a guest may take to power off before it is killed, in milliseconds. */
const POWER_OFF_MS = 1_000;

interface Parts extends Pick<Guest, "number" | "identity" | "bootMs"> {
  readonly channels: Channels;
  readonly qemu: QemuProcess;
  readonly tearDown: () => Promise<void>;
}

/** Composes a guest of its parts. */
export function liveGuest(parts: Parts): Guest {
  const { number, identity, bootMs, channels, qemu, tearDown } = parts;
  const { console, mailbox } = channels;
  /** Between two cases the runner listens; during one, or after a lost one, nobody does. */
  let idle = true;

  async function run(command: CaseCommand): Promise<CaseRun> {
    const begin = performance.now();
    idle = false;
    if (command.mutant !== undefined) channels.send(mutantLine(command.mutant));
    channels.send(runLine(command));
    const end = await mailbox.end(command.seq, qemu.exited, command.limitMs + GRACE_MS);
    const bytes = end.type === "end" ? end.bytes : 0;
    // The channels are not in step: the kernel log and the output may come after the end.
    if (end.type === "end" && !end.stuck) await console.sawEndOf(command.seq, STRAGGLERS_MS);
    let output = await mailbox.output(bytes, STRAGGLERS_MS);
    const how = howItEnded(end, mailbox.takeForeign());
    if (how.kind === "lost") {
      await buryGuest();
      output = await mailbox.output(0, 0);
    }
    idle = how.kind === "ended";
    if (how.kind === "ended") refuseOtherMutant(command, how.mutant);
    return {
      ...how,
      durationMs: Math.round(performance.now() - begin),
      output,
      findings: console.takeFindings(),
    };
  }

  /** What a lost guest has said until now belongs to the case that it was lost with. */
  async function buryGuest(): Promise<void> {
    await qemu.kill();
    await channels.drained(STRAGGLERS_MS);
  }

  async function close() {
    if (idle) {
      channels.send(powerOffLine);
      await Promise.race([qemu.exited, delay(POWER_OFF_MS)]);
    }
    await tearDown();
    // Of a case that was under way nobody hears: it will be run again.
    return idle ? console.takeFindings() : [];
  }

  return { number, identity, bootMs, bootFindings: console.takeFindings(), run, close };
}

/** A guest that says what its runner never says is not to be believed any more. */
function howItEnded(end: EndMessage | Missing, foreign: string | undefined) {
  if (foreign !== undefined) {
    const reason = `the guest says what its runner never says: ${foreign}`;
    return { kind: "lost", how: "died", reason } as const;
  }
  if (end.type === "missing") {
    return { kind: "lost", how: end.how, reason: end.reason } as const;
  }
  if (end.stuck) {
    const reason = "a task survived SIGKILL and never ended";
    return { kind: "lost", how: "hung", reason } as const;
  }
  const { exitCode, signal, timedOut, mutant } = end;
  return { kind: "ended", exitCode, signal, timedOut, mutant } as const;
}

/** What a case says under another mutant than the planned one can't be recorded. */
function refuseOtherMutant({ mutant }: CaseCommand, report: MutantReport | undefined): void {
  if (mutant === undefined || report?.number === mutant) return;
  const found = report ? `mutant ${report.number}` : "no mutants";
  throw new HarnessError(`The guest's kernel had ${found} where ${mutant} was asked for.`);
}

function delay(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}
