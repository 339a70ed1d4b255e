// The names of suites that come from the kernel's own selftests.
import { UsageError } from "../../errors.ts";
import { absoluteSpec } from "../../kernel/source/spec.ts";

/** One program of tools/testing/selftests, with its arguments. */
export interface KselftestSpec {
  /** What the suite is called, whichever tree it comes from: `kselftest:mm/uffd-stress anon 20 16`. */
  readonly suite: string;
  /** What its results' ids begin with: `kselftest/mm/uffd-stress/anon-20-16`. */
  readonly id: string;
  /** Below tools/testing/selftests: `mm`. */
  readonly collection: string;
  readonly program: string;
  readonly args: readonly string[];
  /** A kernel in one of the forms of `--kernel`; undefined for the tree under test. */
  readonly tree: string | undefined;
}

const PREFIX = "kselftest:";

export function isKselftest(suite: string): boolean {
  return suite.startsWith(PREFIX);
}

/**
 * Reads `kselftest:COLLECTION/PROGRAM[ ARGUMENT…][@TREE]`.
 *
 * @throws {UsageError} when it has another form
 */
export function parseKselftestSpec(text: string): KselftestSpec {
  const form = /^kselftest:((?:[\w.-]+\/)+)([\w.-]+)((?: [^\s@]+)*)(?:@(.+))?$/s.exec(text);
  const [, path = "", program = "", words = "", tree] = form ?? [];
  const collection = path.slice(0, -1);
  if (!form || [...collection.split("/"), program].some((part) => /^\.+$/.test(part))) {
    throw new UsageError(
      `${text}: a suite of the kernel's own is kselftest:mm/uffd-unit-tests, perhaps with arguments ("kselftest:mm/uffd-stress anon 20 16") and another tree (@debian:6.12, @PATH).`,
    );
  }
  const args = words.split(" ").filter((word) => word !== "");
  return {
    collection,
    program,
    args,
    tree,
    suite: `${PREFIX}${collection}/${program}${words}`,
    id: ["kselftest", collection, program, ...(args.length > 0 ? [args.join(" ")] : [])]
      .map((part) => part.split("/").map(idPart).join("/"))
      .join("/"),
  };
}

/** What a suite is called in a record, whichever tree its programs come from. */
export function suiteNameOf(text: string): string {
  return isKselftest(text) ? parseKselftestSpec(text).suite : text;
}

/** The same suite, with its tree named from anywhere. */
export function absoluteSuite(text: string): string {
  if (!isKselftest(text)) return text;
  const { suite, tree } = parseKselftestSpec(text);
  return tree === undefined ? suite : `${suite}@${absoluteSpec(tree)}`;
}

/** Whether a `--suite` is the kselftest that a recorded suite came from. */
export function namesKselftest(text: string, suite: string): boolean {
  return isKselftest(text) && parseKselftestSpec(text).suite === suite;
}

/**
 * A part of an id from whatever a test is called; what differs from run to run (addresses) goes.
 * Two names may become one part: who makes ids of them numbers the later.
 */
export function idPart(name: string): string {
  const stable = name.replaceAll(/0x[0-9a-f]{5,}/gi, "0x");
  const part = stable
    .toLowerCase()
    .replaceAll(/[^a-z0-9.]+/g, "-")
    .replaceAll(/\.(?![a-z0-9])|(?<![a-z0-9])\./g, "")
    .replaceAll(/^-+|-+$/g, "");
  return part === "" ? "unnamed" : part.slice(0, 100).replace(/[-.]+$/, "");
}
