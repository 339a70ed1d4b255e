// Whether every option that was asked for has stuck, and if not, what it lacks.
import { UntestableKernelError } from "../../errors.ts";
import { architecture } from "../architecture.ts";
import { missingFor } from "./expression.ts";
import { type Fragment, optionalOptions, optionsFor } from "./fragment.ts";
import { readDefinitions } from "./kconfig-file.ts";
import { parseOptions } from "./options.ts";

interface Lost {
  readonly option: string;
  readonly asked: string;
  readonly got: string;
  readonly fragment: string;
}

/**
 * Holds the resolved configuration against the fragments; the last fragment that names an option
 * decides, and may leave it open. An option that may not be set passes when the kernel does not know it at all.
 *
 * @throws {UntestableKernelError} naming each lost option and the dependency that is missing
 */
export async function verifyOptions(
  fragments: readonly Fragment[],
  resolved: string,
  { src, release }: { src: string; release: string },
): Promise<void> {
  const options = parseOptions(resolved);
  const asked = new Map<string, Omit<Lost, "got" | "option">>();
  for (const fragment of fragments) {
    const optional = optionalOptions(fragment, release);
    for (const [option, value] of parseOptions(optionsFor(fragment, release))) {
      if (optional.has(option)) asked.delete(option);
      else asked.set(option, { asked: value, fragment: fragment.name });
    }
  }
  const lost = [...asked].flatMap(([option, what]): Lost[] => {
    const got = options.get(option) ?? "n";
    return got === what.asked ? [] : [{ option, got, ...what }];
  });
  if (lost.length > 0) {
    const words = await explain(lost, options, src, release);
    throw new UntestableKernelError(words, { stage: "kconfig" });
  }
}

async function explain(
  lost: readonly Lost[],
  options: ReadonlyMap<string, string>,
  src: string,
  release: string,
): Promise<string> {
  const definitions = await readDefinitions(src, architecture.srcarch);
  const valueFor = (option: string) => options.get(`CONFIG_${option}`) ?? "n";

  function whyNot({ option, asked }: Lost): string {
    const found = definitions.filter((definition) => `CONFIG_${definition.option}` === option);
    if (found.length === 0) return `${release} has no such option (did its name change?)`;
    if (asked === "n") return "something else selects it";
    const missing = found.map(({ conditions }) =>
      conditions.flatMap((c) => missingFor(c, valueFor)),
    );
    const fewest = missing.sort((a, b) => a.length - b.length)[0] ?? [];
    if (fewest.length === 0)
      return "its dependencies hold; another choice or a default overrides it";
    return `it needs ${[...new Set(fewest)].join(", ")}`;
  }

  const lines = lost.map(
    (one) =>
      `  ${one.option}=${one.asked} (kconfig ${one.fragment}) became ${one.got}: ${whyNot(one)}`,
  );
  return `The configuration of ${release} does not keep what was asked for:\n${lines.join("\n")}`;
}
