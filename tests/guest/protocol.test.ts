import { gzipSync } from "node:zlib";
import fc from "fast-check";
import t from "tap";
import { readOutputFrames } from "../../harness/guest/output-frames.ts";
import { parseMessage, runLine } from "../../harness/guest/protocol.ts";

t.test("the guest's messages are read", async (t) => {
  t.match(parseMessage("hello 1 release=6.1.192 build-id=ab12 features=1001 cpus=2"), {
    type: "hello",
    identity: { release: "6.1.192", buildId: "ab12", features: 0x1001n },
  });
  const config = "CONFIG_SWAP=y\n";
  const hex = gzipSync(config).toString("hex");
  t.same(parseMessage(`config ${hex}`), { type: "config", config });
  t.match(parseMessage("end 7 exit=0 ms=12 timeout=0 bytes=345"), {
    type: "end",
    seq: 7,
    exitCode: 0,
    signal: undefined,
    timedOut: false,
    bytes: 345,
  });
  t.match(parseMessage("end 7 signal=9 ms=12 timeout=1 bytes=0"), {
    exitCode: undefined,
    signal: 9,
    timedOut: true,
  });
  t.match(parseMessage("end 7 stuck=0 ms=12 timeout=1 bytes=0"), { stuck: true });
});

t.test("whatever else comes is garbage, never an error", async (t) => {
  for (const line of ["hello 2 features=1", "config 00", "end x", "begin", "", "end 1 bytes=-1"]) {
    t.equal(parseMessage(line).type, "garbage", line);
  }
  fc.assert(fc.property(fc.string(), (line) => parseMessage(line).type !== undefined));
});

t.test("a command is one line", async (t) => {
  const command = {
    seq: 3,
    limitMs: 5000,
    program: "/cases/survive",
    args: ["shmem/present/write"],
  };
  t.equal(runLine(command), "run 3 5000 /cases/survive shmem/present/write\n");
});

t.test("frames come together again, however the bytes are cut", async () => {
  const frame = fc.tuple(fc.integer({ min: 1, max: 99 }), fc.string({ minLength: 1 }));
  fc.assert(
    fc.property(
      fc.array(frame, { maxLength: 8 }),
      fc.integer({ min: 1, max: 7 }),
      (frames, cut) => {
        const bytes = Buffer.concat(
          frames.flatMap(([seq, text]) => {
            const body = Buffer.from(text);
            return [Buffer.from(`${seq} ${body.length}\n`), body];
          }),
        );
        const got: [number, string][] = [];
        const reader = readOutputFrames((seq, piece) => got.push([seq, piece.toString("hex")]));
        for (let at = 0; at < bytes.length; at += cut) reader.write(bytes.subarray(at, at + cut));
        const sent = frames.map(([seq, text]) => [seq, Buffer.from(text).toString("hex")] as const);
        return bySeq(got) === bySeq(sent);
      },
    ),
  );
});

/** All bytes of each case, in order. */
function bySeq(pieces: readonly (readonly [number, string])[]): string {
  const all = new Map<number, string>();
  for (const [seq, hex] of pieces) all.set(seq, (all.get(seq) ?? "") + hex);
  return JSON.stringify([...all]);
}

t.test("noise between frames is dropped", async (t) => {
  const got: string[] = [];
  const reader = readOutputFrames((seq, bytes) => got.push(`${seq} ${bytes}`));
  reader.write(Buffer.from("noise\n1 3\nabc\n2 2\nxy"));
  t.same(got, ["1 abc", "2 xy"]);
});
