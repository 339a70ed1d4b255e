// Cases by operation down, and by mapping and form across.
import type { Run, RunCase } from "../../record/run-schema.ts";
import { worstById } from "../../verdict/worst-repetition.ts";

export interface HeatGrid {
  /** A mapping and its forms, in the order of the cases. */
  readonly columns: readonly { readonly mapping: string; readonly forms: readonly string[] }[];
  readonly groups: readonly {
    readonly suite: string;
    readonly rows: readonly HeatRow[];
  }[];
}

interface HeatRow {
  readonly operation: string;
  /** One a form of a mapping, each with the cases that belong there: of several repetitions the worst. */
  readonly cells: readonly (readonly RunCase[])[];
}

/** As cases/README.md lists them; an id with another one belongs to somebody else's tests. */
const FORMS: readonly string[] = [
  "none",
  "present",
  "swap",
  "device",
  "exclusive",
  "marker",
  "migration",
  "huge",
  "huge-zero",
  "huge-migration",
];
/** The cases that read before they write share a cell with those that don't. */
const THEN_READ = /-then-read$/;

/** The grid of all cases whose id is MAPPING/FORM/OPERATION; undefined when there is none. */
export function heatGrid({ cases }: Run): HeatGrid | undefined {
  const placed = [...worstById(cases).values()].flatMap((one) => {
    const place = placeOf(one.id);
    return place ? [{ one, ...place }] : [];
  });
  if (placed.length === 0) return undefined;
  const columns = [...groupBy(placed, ({ mapping }) => mapping)].map(([mapping, of]) => ({
    mapping,
    forms: FORMS.filter((form) => of.some((one) => one.form === form)),
  }));
  const groups = [...groupBy(placed, ({ one }) => one.suite)].map(([suite, ofSuite]) => ({
    suite,
    rows: [...groupBy(ofSuite, ({ operation }) => operation)].map(([operation, of]) => ({
      operation,
      cells: columns.flatMap(({ mapping, forms }) =>
        forms.map((form) =>
          of.filter((at) => at.mapping === mapping && at.form === form).map(({ one }) => one),
        ),
      ),
    })),
  }));
  return { columns, groups };
}

/** Undefined for an id that is none of ours. */
export function placeOf(id: string) {
  const [mapping = "", form = "", ...rest] = id.split("/");
  const operation = rest.join("/").replace(THEN_READ, "");
  return FORMS.includes(form) && operation !== "" ? { mapping, form, operation } : undefined;
}

/** In the order in which the keys come by first. */
export function groupBy<T>(values: readonly T[], keyOf: (value: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const value of values) {
    const group = groups.get(keyOf(value));
    if (group) group.push(value);
    else groups.set(keyOf(value), [value]);
  }
  return groups;
}
