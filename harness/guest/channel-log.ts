// What has come from a guest, kept in a file: bounded, because a guest may say without end.
import { createWriteStream } from "node:fs";
import { HarnessError } from "../errors.ts";

export interface ChannelLog {
  write(chunk: Buffer): void;
  /** @throws {HarnessError} when something could not be written */
  close(): Promise<void>;
}

/** A whole run of ours has some 300 KB of console; the host's disk must not be a guest's to fill. */
const LIMIT = 64 * 1024 * 1024;

/** Keeps the first `limit` bytes of a channel; the file says so where there were more. */
export function openChannelLog(path: string, limit = LIMIT): ChannelLog {
  const file = createWriteStream(path);
  let failure: Error | undefined;
  let left = limit;
  // Told when the log is closed: whoever fills it is not the one to judge.
  file.on("error", (error) => {
    failure ??= error;
  });
  return {
    write(chunk) {
      if (left <= 0 || failure) return;
      file.write(chunk.subarray(0, left));
      left -= chunk.length;
      if (left <= 0) file.write(`\nuffdwp: the rest is left out, after ${limit} bytes\n`);
    },
    async close() {
      if (!failure) await new Promise<void>((resolve) => file.end(() => resolve()));
      file.destroy();
      if (failure) throw new HarnessError(`${path} can't be written: ${failure.message}.`);
    },
  };
}
