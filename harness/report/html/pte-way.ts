// The way of a page table entry through a case: how it got there, what disturbs it, what it should
// be and what it was.
import type { RunCase } from "../../record/run-schema.ts";

export interface PteState {
  /** `present`, `swap`, `device`, `exclusive`, `marker`, `none`, `huge`. */
  readonly form: string;
  /** Whether it carries the protection. */
  readonly protected: boolean;
}

interface PteStep {
  /** What led here: `write-protect`, `pageout`, the case's operation. */
  readonly by: string;
  readonly state: PteState;
}

export interface PteWay {
  /** Up to what the case begins with. */
  readonly before: readonly PteStep[];
  readonly operation: string;
  /** Undefined where the case's title says nothing about the entry. */
  readonly expected: PteState | undefined;
  /** Undefined where the case saw no entry that it did not expect. */
  readonly seen: PteState | undefined;
}

/** How a scene gets its entries into a form, as cases/lib/scene.c does it. */
const BEFORE: Readonly<Record<string, readonly PteStep[]>> = {
  none: [step("mmap", "none", false)],
  present: [step("write-protect", "present", true)],
  huge: [step("write-protect", "huge", true)],
  swap: [step("write-protect", "present", true), step("reclaim", "swap", true)],
  device: [step("write-protect", "present", true), step("to the device", "device", true)],
  exclusive: [step("write-protect", "present", true), step("to the device", "exclusive", true)],
  marker: [step("write-protect", "present", true), step("zap", "marker", true)],
};

const FORM = "(present|swap|device|exclusive|marker|none|huge)";

/** `the entry is marker`, in the titles of the cases. */
const EXPECTED = new RegExp(`\\bthe entry is ${FORM}\\b`);
/** cases/lib/scene.c: scene_expect_bits(). */
const SEEN_BIT = /uffd-wp of page \d+ is (set|clear), expected (?:set|clear) \((\w+)\)/;
/** cases/lib/scene.c: scene_expect(). */
const SEEN_FORM = new RegExp(`page \\d+ is ${FORM}, expected(?: ${FORM})?`);

/** The way of a case named MAPPING/FORM/OPERATION; undefined for any other. */
export function pteWay(one: Pick<RunCase, "id" | "title" | "reason">): PteWay | undefined {
  const [, form = "", ...rest] = one.id.split("/");
  const before = BEFORE[form];
  if (!before || rest.length === 0) return undefined;
  return {
    before,
    operation: rest.join("/"),
    expected: expectedState(one),
    seen: seenState(one.reason),
  };
}

/** As the title says it, or else what was missed. */
function expectedState(one: Pick<RunCase, "title" | "reason">): PteState | undefined {
  const form = EXPECTED.exec(one.title)?.[1] ?? SEEN_FORM.exec(one.reason)?.[2];
  // Without an entry there is nothing that could carry the bit.
  return form === undefined ? undefined : { form, protected: form !== "none" };
}

function seenState(reason: string): PteState | undefined {
  const [, bit, bitForm] = SEEN_BIT.exec(reason) ?? [];
  const form = bitForm ?? SEEN_FORM.exec(reason)?.[1];
  return form === undefined ? undefined : { form, protected: bit === "set" };
}

function step(by: string, form: string, isProtected: boolean): PteStep {
  return { by, state: { form, protected: isProtected } };
}
