// A guest that is up: runs cases one after the other, until it is lost or closed.
import { HarnessError } from "../errors.ts";
import type { Finding } from "../klog/finding.ts";
import type { Channels } from "./channels.ts";
import { isFatal } from "./fatal-finding.ts";
import type { CaseCommand, Guest, GuestRun, MutantReport } from "./guest.ts";
import type { EndMessage } from "./mailbox.ts";
import { allOf, type PlacedFindings } from "./marked-console.ts";
import { mutantLine, powerOffLine, runLine } from "./protocol.ts";
import type { QemuProcess } from "./qemu-process.ts";
import type { Missing } from "./wait-for.ts";

/** What the host allows on top of a case's limit, in milliseconds, where nothing else is said. */
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

  async function run(command: CaseCommand): Promise<GuestRun> {
    const begin = performance.now();
    idle = false;
    console.expect(command.seq);
    if (command.mutant !== undefined) channels.send(mutantLine(command.mutant));
    channels.send(runLine(command));
    const patience = command.limitMs + (command.graceMs ?? GRACE_MS);
    const end = await mailbox.end(command.seq, qemu.exited, patience);
    const inStep = end.type === "end" && !end.stuck && (await stragglersCome(end));
    let how = howItEnded(end, mailbox.takeForeign());
    const usable = inStep && how.kind === "ended";
    // What comes late would be taken for the next case's.
    if (!usable) await buryGuest();
    const { text: output, bytes } = mailbox.output();
    if (end.type === "end" && how.kind === "ended" && bytes < end.bytes) how = cutShort(end, bytes);
    if (how.kind === "ended") refuseOtherMutant(command, how.mutant);
    idle = usable;
    const began = end.type === "end" || mailbox.hasBegun() || console.hasSeen("begin");
    const { findings, stray } = shareOut(console.takeFindings(), began, how.kind === "lost");
    if (!began && !stray.some(isFatal)) stray.push(lostWhileIdle(how));
    return {
      ...how,
      output,
      findings,
      began,
      stray,
      usable,
      durationMs: Math.round(performance.now() - begin),
    };
  }

  /** The channels are not in step: the kernel log and the output may come after the end. */
  async function stragglersCome({ bytes }: EndMessage): Promise<boolean> {
    const marked = await console.sees("end", STRAGGLERS_MS);
    return (await mailbox.hasOutput(bytes, STRAGGLERS_MS)) && marked;
  }

  /** Nothing more comes of a guest that is dead, and what it has said until now is read. */
  async function buryGuest(): Promise<void> {
    await qemu.kill();
    await channels.drained(STRAGGLERS_MS);
  }

  /** What a kernel has not lived to say itself: it stands at the last mark that the guest has made. */
  function lostWhileIdle(how: Ended): Finding {
    const { text, line } = console.lastMark();
    const [verb, reason] = how.kind === "lost" ? [how.how, how.reason] : ["died", ""];
    return {
      title: `guest ${verb}`,
      kind: "lost-guest",
      line,
      endLine: line,
      lines: [text, reason],
      corrupted: false,
      count: 1,
    };
  }

  async function close() {
    if (idle) {
      channels.send(powerOffLine);
      await Promise.race([qemu.exited, delay(POWER_OFF_MS)]);
    }
    await tearDown();
    // Of a case that was under way nobody hears: it will be run again.
    return idle ? allOf(console.takeFindings()) : [];
  }

  return { number, identity, bootMs, bootFindings: allOf(console.takeFindings()), run, close };
}

type Ended = ReturnType<typeof howItEnded>;

/** A guest that says what its runner never says is not to be believed any more. */
function howItEnded(end: EndMessage | Missing, foreign: string | undefined) {
  if (foreign !== undefined) {
    return lost("died", `the guest says what its runner never says: ${foreign}`);
  }
  if (end.type === "missing") return lost(end.how, end.reason);
  if (end.stuck) return lost("hung", "a task survived SIGKILL and never ended");
  const { exitCode, signal, timedOut, mutant } = end;
  return { kind: "ended", exitCode, signal, timedOut, mutant } as const;
}

function lost(how: Missing["how"], reason: string) {
  return { kind: "lost", how, reason } as const;
}

/** A case of whose words some are missing can't be judged by the others. */
function cutShort({ bytes }: EndMessage, arrived: number) {
  return lost("hung", `only ${arrived} of the ${bytes} bytes that it has printed came`);
}

/**
 * Whose a finding is. What a guest says after a case that it is lost with is that case's; where no
 * case had begun, all of it is nobody's.
 */
function shareOut(placed: PlacedFindings, began: boolean, isLost: boolean) {
  if (!began) return { findings: [], stray: allOf(placed) };
  const { before, during, after } = placed;
  return isLost
    ? { findings: [...during, ...after], stray: [...before] }
    : { findings: during, stray: [...before, ...after] };
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
