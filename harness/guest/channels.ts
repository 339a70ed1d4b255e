// The three channels of a guest: where QEMU connects, who reads what comes, and what is kept of it.
import { join } from "node:path";
import { type Mailbox, openMailbox } from "./mailbox.ts";
import { type MarkedConsole, openMarkedConsole } from "./marked-console.ts";
import { readOutputFrames } from "./output-frames.ts";
import { listenAt, type Port } from "./port.ts";
import { parseMessage } from "./protocol.ts";
import type { PortPaths } from "./qemu-options.ts";

export interface Channels {
  readonly paths: PortPaths;
  readonly console: MarkedConsole;
  readonly mailbox: Mailbox;
  /** Sends a line to the guest. */
  send(line: string): void;
  /** Resolves once a guest that has gone has nothing more to say, or after `patienceMs`. */
  drained(patienceMs: number): Promise<void>;
  /** @throws {HarnessError} when a log could not be written */
  close(): Promise<void>;
}

/**
 * @param scratch where the sockets are made
 * @param directory where console.log and cases.log are kept
 */
export async function openChannels(scratch: string, directory: string): Promise<Channels> {
  const console = openMarkedConsole(join(directory, "console.log"));
  const mailbox = openMailbox(join(directory, "cases.log"));
  const frames = readOutputFrames(mailbox.addOutput, mailbox.addForeign);
  const ports = {
    console: await listenAt(join(scratch, "console"), console.write),
    control: await listenAt(join(scratch, "control"), mailbox.readLines(parseMessage)),
    output: await listenAt(join(scratch, "output"), frames.write),
  };
  const all: Port[] = Object.values(ports);
  return {
    paths: {
      console: ports.console.path,
      control: ports.control.path,
      output: ports.output.path,
    },
    console,
    mailbox,
    send: ports.control.write,
    async drained(patienceMs) {
      let timer: NodeJS.Timeout | undefined;
      const over = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, patienceMs);
      });
      await Promise.race([Promise.all(all.map((port) => port.ended)), over]);
      clearTimeout(timer);
    },
    async close() {
      for (const port of all) port.close();
      const closed = await Promise.allSettled([console.close(), mailbox.close()]);
      for (const one of closed) if (one.status === "rejected") throw one.reason;
    },
  };
}
