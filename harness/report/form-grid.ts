// Cases by mapping and form down, and by operation across.
import type { RunCase } from "../record/run-schema.ts";

export interface Grid {
  readonly suite: string;
  /** Names of the columns. */
  readonly operations: readonly string[];
  /** A row's cells, one a column, each with the cases that belong there. */
  readonly rows: readonly { readonly name: string; readonly cells: readonly RunCase[][] }[];
}

/** The cases that read before they write share a column with those that don't. */
const THEN_READ = /-then-read$/;

/** One grid a suite, rows and columns in the order of the cases. */
export function formGrid(cases: readonly RunCase[]): Grid[] {
  const suites = [...new Set(cases.map((one) => one.suite))];
  return suites.map((suite) =>
    gridOf(
      suite,
      cases.filter((one) => one.suite === suite),
    ),
  );
}

function gridOf(suite: string, cases: readonly RunCase[]): Grid {
  const operations = [...new Set(cases.map(operationOf))];
  const names = [...new Set(cases.map(formOf))];
  const rows = names.map((name) => {
    const inRow = cases.filter((one) => formOf(one) === name);
    const cells = operations.map((column) => inRow.filter((one) => operationOf(one) === column));
    return { name, cells };
  });
  return { suite, operations, rows };
}

function formOf({ id }: RunCase): string {
  return id.split("/").slice(0, 2).join("/");
}

function operationOf({ id }: RunCase): string {
  return id.split("/").slice(2).join("/").replace(THEN_READ, "");
}
