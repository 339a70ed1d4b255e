// Which cases notice which mutant: mutants down; suites, or the operations of one, across.
import { casePlace } from "../../image/case-place.ts";
import type { CampaignRecord, MutantRecord } from "../../record/campaign-record.ts";
import { groupBy } from "./group-by.ts";

export interface MutantGrid {
  readonly columns: readonly string[];
  /** Mutants that were tried, by the file that they change. */
  readonly groups: readonly { readonly file: string; readonly rows: readonly MutantRow[] }[];
}

interface MutantRow {
  readonly mutant: MutantRecord;
  /** How many cases notice it, one number a column. */
  readonly counts: readonly number[];
}

/** Undefined where no more is known than which case was the first that noticed. */
export function mutantGrid({ mutants, suites, full }: CampaignRecord): MutantGrid | undefined {
  const tried = mutants.filter(({ status }) => status === "killed" || status === "survived");
  if ((!full && suites.length === 0) || tried.every(({ by }) => by.length === 0)) return undefined;
  const noticed = new Map(
    tried.map((mutant) => [
      mutant.id,
      suites.length > 0 ? new Map(Object.entries(mutant.suite)) : byOperation(mutant.by),
    ]),
  );
  const columns = suites.length > 0 ? suites : byBreadth([...noticed.values()]);
  return {
    columns,
    groups: [...groupBy(tried, ({ file }) => file)].map(([file, of]) => ({
      file,
      rows: of.map((mutant) => ({
        mutant,
        counts: columns.map((column) => noticed.get(mutant.id)?.get(column)?.length ?? 0),
      })),
    })),
  };
}

/** Cases by what they do. Of a program of the kernel's own each result is an operation. */
export function byOperation(ids: readonly string[]): Map<string, string[]> {
  return groupBy(ids, (id) => casePlace(id)?.operation ?? id.replace(/^kselftest\/[^/]+\//, ""));
}

/** Ids in few words, as `--case` takes them: `anon/{present,swap}/fork-child`. */
export function asGlobs(ids: readonly string[]): string[] {
  const split = ids.map((id) => {
    const form = casePlace(id)?.form;
    const [before = id, after = ""] = form ? id.split(`/${form}/`) : [];
    return { form, before, after };
  });
  const groups = groupBy(split, ({ before, after }) => `${before}//${after}`);
  return [...groups.values()].map((alike) => {
    const { form, before, after } = alike[0] as (typeof split)[number];
    if (form === undefined) return before;
    const forms = alike.map((one) => one.form).join(",");
    return `${before}/${alike.length > 1 ? `{${forms}}` : form}/${after}`;
  });
}

/** First what notices most mutants. */
function byBreadth(rows: readonly ReadonlyMap<string, unknown>[]): string[] {
  const breadth = new Map<string, number>();
  for (const row of rows) {
    for (const key of row.keys()) breadth.set(key, (breadth.get(key) ?? 0) + 1);
  }
  return [...breadth].sort(([, a], [, b]) => b - a).map(([key]) => key);
}
