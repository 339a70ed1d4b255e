// Cases by operation down, and by mapping and form across.
import { casePlace, FORMS } from "../../image/case-place.ts";
import type { Run, RunCase } from "../../record/run-schema.ts";
import { worstById } from "../../verdict/worst-repetition.ts";
import { groupBy } from "./group-by.ts";

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

/** The grid of all cases whose id is MAPPING/FORM/OPERATION; undefined when there is none. */
export function heatGrid({ cases }: Run): HeatGrid | undefined {
  const placed = [...worstById(cases).values()].flatMap((one) => {
    const place = casePlace(one.id);
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
