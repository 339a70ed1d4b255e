// Two configurations, and every mixture of them, as files of a hunt.
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { parseOptions } from "../kernel/kconfig/options.ts";
import { hashOf } from "../process/content-hash.ts";
import { publishFile } from "../process/publish.ts";
import type { KconfigRequest, OptionChange } from "./kconfig-record.ts";

export interface Mixture {
  /** The key of its text. */
  readonly sha: string;
  /** As `--kconfig` takes it. */
  readonly file: string;
}

/** Of two configurations or fragments: what both say, and what they say differently. */
export function compareConfigurations(
  good: string,
  bad: string,
): Pick<KconfigRequest, "common" | "differences"> {
  const [one, other] = [parseOptions(good), parseOptions(bad)];
  const names = [...new Set([...one.keys(), ...other.keys()])];
  const differences = names
    .map((option) => ({ option, good: one.get(option) ?? null, bad: other.get(option) ?? null }))
    .filter((change) => change.good !== change.bad);
  const same = names.filter((option) => one.get(option) === other.get(option));
  return { differences, common: same.map((option) => line(option, one.get(option) as string)) };
}

/** The good configuration, with some of its options as the bad one has them. */
export async function writeMixture(
  directory: string,
  { common, differences }: KconfigRequest,
  bad: readonly OptionChange[],
): Promise<Mixture> {
  const mixed = differences.flatMap((change) => {
    const value = bad.includes(change) ? change.bad : change.good;
    return value === null ? [] : [line(change.option, value)];
  });
  // An option without what it needs falls away, and the mixture is one that has been tried.
  const text = ["# A mixture of two configurations.", "# optional", ...common, ...mixed, ""];
  const sha = hashOf(text.join("\n"));
  const folder = join(directory, "configurations", sha.slice(0, 12));
  await mkdir(folder, { recursive: true });
  // One name for all of them is one build directory for all of them.
  const file = join(folder, "mixture.config");
  await publishFile(file, text.join("\n"));
  return { sha, file };
}

function line(option: string, value: string): string {
  return value === "n" ? `# ${option} is not set` : `${option}=${value}`;
}
