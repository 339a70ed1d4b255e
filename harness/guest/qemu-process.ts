// QEMU as a process that can't outlive us.
import { closeSync, openSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { execa } from "execa";

export interface QemuProcess {
  /** Resolves, never rejects, with how QEMU ended. */
  readonly exited: Promise<string>;
  /** True once QEMU has given up by itself: a wrong option, no memory, an accelerator that fails. */
  hasFailed(): boolean;
  /** Ends it at once; resolves when it is gone. */
  kill(): Promise<void>;
}

/** How QEMU ends when nothing is wrong with it: by itself, or killed by us. */
const OURS: readonly (string | null)[] = [null, "SIGKILL"];

/**
 * Starts QEMU such that the kernel of the host kills it when the harness dies, however that happens.
 *
 * @param log where its own messages go
 */
export function startQemu(command: readonly string[], log: string): QemuProcess {
  // A file, not a pipe: virtme-ng has QEMU open its own stderr again.
  const stderr = openSync(log, "w");
  const child = execa("setpriv", ["--pdeathsig=KILL", "--", ...command], {
    reject: false,
    stdin: "ignore",
    stdout: "ignore",
    // execa takes any descriptor; its types know only the standard ones.
    stderr: stderr as 2,
    // A Ctrl-C on the terminal is for the harness, which then ends its guests in order.
    detached: true,
    cleanup: true,
  });
  closeSync(stderr);
  const exited = child.then(async (result: { signal?: string }) => {
    const words = (await lastWords(log)).trim().split("\n").slice(-3).join(" ");
    const how = result.signal ? `QEMU was killed by ${result.signal}` : "QEMU ended";
    return words ? `${how}: ${words}` : how;
  });
  return {
    exited,
    hasFailed: () => (child.exitCode ?? 0) !== 0 || !OURS.includes(child.signalCode),
    async kill() {
      child.kill("SIGKILL");
      await exited;
    },
  };
}

/** Empty where somebody has removed the record from under us. */
function lastWords(log: string): Promise<string> {
  return readFile(log, "utf8").catch(() => "");
}
