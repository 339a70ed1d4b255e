// Takes the output channel apart: frames of `SEQ LENGTH\n` and LENGTH bytes.

/** What a header may measure at most: two numbers, a space, a newline. */
const LONGEST_HEADER = 32;

export interface OutputFrames {
  /** Takes the next bytes of the channel. Bytes that are no frame are dropped up to the next header. */
  write(chunk: Buffer): void;
}

/**
 * Calls `onOutput` with each piece of a case's output, in order, and `onGarbage` with what is no
 * frame; bounded memory, never throws.
 */
export function readOutputFrames(
  onOutput: (seq: number, bytes: Buffer) => void,
  onGarbage: (text: string) => void = () => {},
): OutputFrames {
  let pending: Buffer = Buffer.alloc(0);
  let frame: { seq: number; left: number } | undefined;

  function takeHeader(): boolean {
    const end = pending.indexOf("\n");
    if (end < 0) {
      if (pending.length > LONGEST_HEADER) {
        onGarbage(pending.toString("latin1", 0, LONGEST_HEADER));
        pending = Buffer.alloc(0);
      }
      return false;
    }
    const line = pending.toString("latin1", 0, end);
    const header = /^(\d{1,9}) (\d{1,9})$/.exec(line);
    pending = pending.subarray(end + 1);
    if (header) frame = { seq: Number(header[1]), left: Number(header[2]) };
    else if (line !== "") onGarbage(line);
    return true;
  }

  function takeBody(current: { seq: number; left: number }): void {
    const bytes = pending.subarray(0, current.left);
    pending = pending.subarray(bytes.length);
    current.left -= bytes.length;
    onOutput(current.seq, bytes);
    if (current.left === 0) frame = undefined;
  }

  return {
    write(chunk) {
      pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
      while (pending.length > 0) {
        if (frame) takeBody(frame);
        else if (!takeHeader()) return;
      }
    },
  };
}
