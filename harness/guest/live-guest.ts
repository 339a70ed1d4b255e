// A guest that is up: runs cases one after the other, until it is lost or closed.
import type { ConsoleLog } from "./console-log.ts";
import type { CaseCommand, CaseRun, Guest } from "./guest.ts";
import type { EndMessage, Mailbox, Missing } from "./mailbox.ts";
import type { Port } from "./port.ts";
import { powerOffLine, runLine } from "./protocol.ts";
import type { QemuProcess } from "./qemu-process.ts";

/** What the host allows on top of a case's limit before it gives the guest up, in milliseconds. */
const GRACE_MS = 10_000;
/** How long the last bytes of the other channels may take after the control channel's, in milliseconds. */
const STRAGGLERS_MS = 3_000;
/** How long a guest may take to power off before it is killed, in milliseconds. */
const POWER_OFF_MS = 1_000;

interface Parts extends Pick<Guest, "number" | "identity" | "bootMs"> {
  readonly consoleLog: ConsoleLog;
  readonly mailbox: Mailbox;
  readonly qemu: QemuProcess;
  readonly control: Port;
  readonly tearDown: () => Promise<void>;
}

/** Composes a guest of its parts. */
export function liveGuest(parts: Parts): Guest {
  const { number, identity, bootMs, consoleLog, mailbox, qemu, control, tearDown } = parts;

  async function run(command: CaseCommand): Promise<CaseRun> {
    const begin = performance.now();
    control.write(runLine(command));
    const end = await mailbox.end(command.seq, qemu.exited, command.limitMs + GRACE_MS);
    const answered = end.type === "end" && !end.stuck;
    if (answered) await consoleLog.sawEndOf(command.seq, STRAGGLERS_MS);
    const bytes = end.type === "end" ? end.bytes : 0;
    const output = await mailbox.output(command.seq, bytes, STRAGGLERS_MS);
    return {
      ...howItEnded(end),
      durationMs: Math.round(performance.now() - begin),
      output,
      findings: consoleLog.takeFindings(),
    };
  }

  async function close() {
    control.write(powerOffLine);
    await Promise.race([qemu.exited, delay(POWER_OFF_MS)]);
    await tearDown();
    return consoleLog.takeFindings();
  }

  return { number, identity, bootMs, bootFindings: consoleLog.takeFindings(), run, close };
}

function howItEnded(end: EndMessage | Missing) {
  if (end.type === "missing") {
    return { kind: "lost", how: end.how, reason: end.reason } as const;
  }
  if (end.stuck) {
    const reason = "a task survived SIGKILL and never ended";
    return { kind: "lost", how: "hung", reason } as const;
  }
  const { exitCode, signal, timedOut } = end;
  return { kind: "ended", exitCode, signal, timedOut } as const;
}

function delay(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}
