// What has come from the guest's control and output channels, and who waits for it.
import { EventEmitter, once } from "node:events";
import { createWriteStream } from "node:fs";
import type { GuestIdentity } from "./guest.ts";
import type { GuestMessage } from "./protocol.ts";

export type EndMessage = Extract<GuestMessage, { type: "end" }>;

/** Longer lines of the control channel are none of ours: the longest, the configuration, has some 100 KB. */
const LONGEST_LINE = 4 * 1024 * 1024;
/** What is kept in memory of a case's output: its last bytes. */
const OUTPUT_KEPT = 1024 * 1024;

export interface Mailbox {
  /** Makes a reader of bytes that takes lines apart and files their messages. */
  readLines(parse: (line: string) => GuestMessage): (chunk: Buffer) => void;
  addOutput(seq: number, bytes: Buffer): void;
  /** The guest's identity, or in words why there was none. */
  hello(died: Promise<string>, limitMs: number): Promise<GuestIdentity | string>;
  /** The end of a case, or in words why there was none; `hung` when the time was over. */
  end(seq: number, died: Promise<string>, limitMs: number): Promise<EndMessage | Missing>;
  /** The output of a case, once `bytes` of it have come or the time is over. */
  output(seq: number, bytes: number, limitMs: number): Promise<string>;
  close(): Promise<void>;
}

export interface Missing {
  readonly type: "missing";
  readonly how: "died" | "hung";
  readonly reason: string;
}

/** Opens a mailbox that keeps all output of all cases in a file. */
export function openMailbox(path: string): Mailbox {
  const arrivals = new EventEmitter();
  const log = createWriteStream(path);
  let config = "";
  let identity: GuestIdentity | undefined;
  let lastEnd: EndMessage | undefined;
  let current = { seq: 0, bytes: 0, text: Buffer.alloc(0) };
  const foreign: string[] = [];

  function file(message: GuestMessage): void {
    if (message.type === "config") config = message.config;
    else if (message.type === "hello") identity = { ...message.identity, config };
    else if (message.type === "end") lastEnd = message;
    else if (message.type === "garbage") foreign.push(message.line);
    arrivals.emit("arrival");
  }

  /** Waits until `look` finds something; undefined when the guest died or the time is over. */
  async function waitFor<T>(
    look: () => T | undefined,
    died: Promise<string>,
    limitMs: number,
  ): Promise<T | Missing> {
    const over = AbortSignal.timeout(limitMs);
    const ended = died.then((reason): Missing => ({ type: "missing", how: "died", reason }));
    for (;;) {
      const found = look();
      if (found !== undefined) return found;
      const arrival = once(arrivals, "arrival", { signal: over }).then(
        () => undefined,
        (): Missing => ({ type: "missing", how: "hung", reason: `silent for ${limitMs / 1000} s` }),
      );
      const missing = await Promise.race([arrival, ended]);
      // What arrived together with the end still counts.
      if (missing) return look() ?? missing;
    }
  }

  return {
    readLines(parse) {
      let rest = "";
      return (chunk) => {
        const lines = (rest + chunk.toString("latin1")).split("\n");
        rest = (lines.pop() ?? "").slice(-LONGEST_LINE);
        for (const line of lines) file(parse(line));
      };
    },
    addOutput(seq, bytes) {
      log.write(bytes);
      if (seq !== current.seq) current = { seq, bytes: 0, text: Buffer.alloc(0) };
      current.bytes += bytes.length;
      current.text = Buffer.concat([current.text, bytes]).subarray(-OUTPUT_KEPT);
      arrivals.emit("arrival");
    },
    async hello(died, limitMs) {
      const found = await waitFor(() => identity, died, limitMs);
      return "type" in found ? found.reason : found;
    },
    end: (seq, died, limitMs) =>
      waitFor(() => (lastEnd?.seq === seq ? lastEnd : undefined), died, limitMs),
    async output(seq, bytes, limitMs) {
      const never = new Promise<string>(() => {});
      const have = () => (current.seq === seq ? current.bytes : 0);
      await waitFor(() => (have() >= bytes ? true : undefined), never, limitMs);
      return current.seq === seq ? current.text.toString("utf8") : "";
    },
    close: () => new Promise((resolve) => log.end(resolve)),
  };
}
