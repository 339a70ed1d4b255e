// The lines of the control channel; docs/protocol.md describes them.
import { gunzipSync } from "node:zlib";
import type { CaseCommand, GuestIdentity, MutantReport } from "./guest.ts";

/** What images/minimal speaks. */
const VERSION = "1";

export type GuestMessage =
  | { readonly type: "config"; readonly config: string }
  | { readonly type: "hello"; readonly identity: Omit<GuestIdentity, "config"> }
  | { readonly type: "begin"; readonly seq: number }
  | {
      readonly type: "end";
      readonly seq: number;
      readonly exitCode: number | undefined;
      readonly signal: number | undefined;
      readonly stuck: boolean;
      readonly timedOut: boolean;
      /** How many bytes of output the guest has relayed. */
      readonly bytes: number;
      /** Undefined for a kernel that has no mutants in it. */
      readonly mutant: MutantReport | undefined;
    }
  | { readonly type: "garbage"; readonly line: string };

/** Reads one line of the guest; what it can't understand is `garbage`, never an error. */
export function parseMessage(line: string): GuestMessage {
  const [word = "", ...rest] = line.split(" ");
  const garbage = { type: "garbage", line: line.slice(0, 200) } as const;
  switch (word) {
    case "config":
      return parseConfig(rest[0] ?? "") ?? garbage;
    case "hello":
      return parseHello(rest) ?? garbage;
    case "begin":
      return isNumber(rest[0]) ? { type: "begin", seq: Number(rest[0]) } : garbage;
    case "end":
      return parseEnd(rest) ?? garbage;
    default:
      return garbage;
  }
}

/** The line that starts a case. */
export function runLine({ seq, limitMs, program, args }: CaseCommand): string {
  return `${["run", seq, limitMs, program, ...args].join(" ")}\n`;
}

/** The line that chooses the mutant that is active while later cases run. */
export function mutantLine(number: number): string {
  return `mutant ${number}\n`;
}

export const powerOffLine = "power-off\n";

function parseConfig(hex: string): GuestMessage | undefined {
  if (hex === "") return { type: "config", config: "" };
  try {
    return { type: "config", config: gunzipSync(Buffer.from(hex, "hex")).toString() };
  } catch {
    return undefined;
  }
}

function parseHello([version, ...words]: readonly string[]): GuestMessage | undefined {
  const fields = parseFields(words);
  const features = fields.get("features") ?? "";
  if (version !== VERSION || !/^[0-9a-f]{1,16}$/.test(features)) return undefined;
  return {
    type: "hello",
    identity: {
      release: fields.get("release") ?? "",
      buildId: fields.get("build-id") ?? "",
      features: BigInt(`0x${features}`),
    },
  };
}

function parseEnd([seq, ...words]: readonly string[]): GuestMessage | undefined {
  const fields = parseFields(words);
  if (!isNumber(seq) || !isNumber(fields.get("bytes"))) return undefined;
  return {
    type: "end",
    seq: Number(seq),
    exitCode: numberOf(fields.get("exit")),
    signal: numberOf(fields.get("signal")),
    stuck: fields.has("stuck"),
    timedOut: fields.get("timeout") === "1",
    bytes: Number(fields.get("bytes")),
    mutant: parseMutant(fields),
  };
}

function parseMutant(fields: ReadonlyMap<string, string>): MutantReport | undefined {
  const number = numberOf(fields.get("mutant"));
  if (number === undefined) return undefined;
  const words = (fields.get("hits") ?? "").split(",").filter((word) => /^\d+!?$/.test(word));
  const hits = words.map(
    (word) => [Number.parseInt(word, 10), { differs: word.endsWith("!") }] as const,
  );
  return { number, hits: new Map(hits) };
}

function parseFields(words: readonly string[]): Map<string, string> {
  return new Map(
    words.map((word) => {
      const at = word.indexOf("=");
      return at < 0 ? [word, ""] : [word.slice(0, at), word.slice(at + 1)];
    }),
  );
}

function isNumber(text: string | undefined): boolean {
  return text !== undefined && /^\d{1,9}$/.test(text);
}

function numberOf(text: string | undefined): number | undefined {
  return isNumber(text) ? Number(text) : undefined;
}
