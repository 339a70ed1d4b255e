// The table of cases/README.md: which operation meets which form of which mapping.

export interface CoveredCase {
  readonly suite: string;
  readonly mapping: string;
  readonly form: string;
  readonly operation: string;
}

const FORMS = ["present", "swap", "device", "exclusive", "marker", "none", "huge"];

/** One row an operation, one column a mapping, in the order of the cases; forms by their first letter. */
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
  return FORMS.filter((form) => forms.has(form))
    .map((form) => form[0])
    .join(" ");
}
