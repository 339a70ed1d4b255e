// The table of cases/README.md: which operation meets which form of which mapping.

export interface CoveredCase {
  readonly suite: string;
  readonly mapping: string;
  readonly form: string;
  readonly operation: string;
}

/** Their letters in the table. */
const FORMS: ReadonlyMap<string, string> = new Map([
  ["present", "p"],
  ["swap", "s"],
  ["migration", "i"],
  ["device", "d"],
  ["exclusive", "e"],
  ["marker", "m"],
  ["none", "n"],
  ["huge", "h"],
  ["huge-zero", "hz"],
  ["huge-migration", "hi"],
  ["huge-device", "hd"],
]);

/**
 * One row an operation, one column a mapping, in the order of the cases.
 *
 * @throws {Error} for a form that has no letter
 */
export function coverageTable(cases: readonly CoveredCase[]): string {
  const mappings = [...new Set(cases.map((one) => one.mapping))];
  const rows = new Map<string, CoveredCase[]>();
  for (const one of cases) {
    const name = `${one.suite} | ${one.operation.replace(/-then-read$/, "")}`;
    rows.set(name, [...(rows.get(name) ?? []), one]);
  }
  const head = `| suite | operation | ${mappings.join(" | ")} |`;
  const line = `|${" --- |".repeat(mappings.length + 2)}`;
  const body = [...rows].map(([name, covered]) => {
    const cells = mappings.map((mapping) =>
      formsOf(covered.filter((one) => one.mapping === mapping)),
    );
    return `| ${name} | ${cells.join(" | ")} |`;
  });
  return [head, line, ...body].join("\n");
}

function formsOf(cases: readonly CoveredCase[]): string {
  const forms = new Set(cases.map((one) => one.form));
  for (const form of forms) if (!FORMS.has(form)) throw new Error(`no letter for ${form}`);
  return [...FORMS]
    .filter(([form]) => forms.has(form))
    .map(([, letter]) => letter)
    .join(" ");
}
