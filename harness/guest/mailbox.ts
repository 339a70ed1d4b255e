// What has come from the guest's control and output channels, and who waits for it.
import { EventEmitter } from "node:events";
import { openChannelLog } from "./channel-log.ts";
import type { GuestIdentity } from "./guest.ts";
import type { GuestMessage } from "./protocol.ts";
import { type Missing, waitFor } from "./wait-for.ts";

export type EndMessage = Extract<GuestMessage, { type: "end" }>;

/** Longer lines of the control channel are none of ours: the longest, the configuration, has some 100 KB. */
const LONGEST_LINE = 4 * 1024 * 1024;
/** What is kept in memory of a case's output: its last bytes. */
const OUTPUT_KEPT = 1024 * 1024;
/** What is quoted of a message that is none, in characters. */
const QUOTED = 80;

export interface Mailbox {
  /** Makes a reader of bytes that takes lines apart and files their messages. */
  readLines(parse: (line: string) => GuestMessage): (chunk: Buffer) => void;
  addOutput(seq: number, bytes: Buffer): void;
  /** Notes bytes that are no message. */
  addForeign(text: string): void;
  /** The first thing since the last call that the guest's runner never says at this point. */
  takeForeign(): string | undefined;
  /** The guest's identity, or in words why there was none. */
  hello(died: Promise<string>, limitMs: number): Promise<GuestIdentity | string>;
  /**
   * The end of a case, or in words why there was none; `hung` when the time was over. From the call
   * on, answers for any other case are foreign.
   */
  end(seq: number, died: Promise<string>, limitMs: number): Promise<EndMessage | Missing>;
  /** Whether the guest has begun the case under way. */
  hasBegun(): boolean;
  /** Resolves with true once so many bytes of its output have come, with false when the time is over. */
  hasOutput(bytes: number, limitMs: number): Promise<boolean>;
  /** What has come of its output. */
  output(): { readonly text: string; readonly bytes: number };
  /** @throws {HarnessError} when the log could not be written */
  close(): Promise<void>;
}

/** Opens a mailbox that keeps all output of all cases in a file. */
export function openMailbox(path: string): Mailbox {
  const arrivals = new EventEmitter();
  const log = openChannelLog(path);
  let config = "";
  let identity: GuestIdentity | undefined;
  let lastEnd: EndMessage | undefined;
  let current = { seq: 0, begun: false, bytes: 0, text: Buffer.alloc(0) };
  let foreign: string | undefined;

  function file(message: GuestMessage): void {
    if (message.type === "config" && !identity) config = message.config;
    else if (message.type === "hello" && !identity) identity = { ...message.identity, config };
    else if (message.type === "end" && message.seq === current.seq) lastEnd = message;
    else if (message.type === "begin" && message.seq === current.seq) current.begun = true;
    else addForeign(wordsOf(message));
    arrivals.emit("arrival");
  }

  function addForeign(text: string): void {
    foreign ??= JSON.stringify(text.slice(0, QUOTED));
  }

  return {
    readLines(parse) {
      let rest = "";
      return (chunk) => {
        const lines = (rest + chunk.toString("latin1")).split("\n");
        rest = (lines.pop() ?? "").slice(-LONGEST_LINE);
        for (const line of lines) if (line !== "") file(parse(line));
      };
    },
    addOutput(seq, bytes) {
      log.write(bytes);
      if (seq !== current.seq) {
        addForeign(`output of ${seq}`);
        return;
      }
      current.bytes += bytes.length;
      current.text = Buffer.concat([current.text, bytes]).subarray(-OUTPUT_KEPT);
      arrivals.emit("arrival");
    },
    addForeign,
    takeForeign() {
      const taken = foreign;
      foreign = undefined;
      return taken;
    },
    async hello(died, limitMs) {
      const found = await waitFor(() => identity, { arrivals, died, limitMs });
      return "type" in found ? found.reason : found;
    },
    end(seq, died, limitMs) {
      current = { seq, begun: false, bytes: 0, text: Buffer.alloc(0) };
      const ended = () => (lastEnd?.seq === seq ? lastEnd : undefined);
      return waitFor(ended, { arrivals, died, limitMs });
    },
    hasBegun: () => current.begun,
    async hasOutput(bytes, limitMs) {
      const complete = () => (current.bytes >= bytes ? true : undefined);
      const died = new Promise<string>(() => {});
      return (await waitFor(complete, { arrivals, died, limitMs })) === true;
    },
    output: () => ({ text: current.text.toString("utf8"), bytes: current.bytes }),
    close: log.close,
  };
}

function wordsOf(message: GuestMessage): string {
  if (message.type === "garbage") return message.line;
  return "seq" in message ? `${message.type} ${message.seq}` : message.type;
}
