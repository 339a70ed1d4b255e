// What fails in one run of a case and not in another: not a clean regression, and not nothing.
import type { Rate } from "../verdict/seen.ts";
import type { Verdict } from "../verdict/verdict.ts";
import type { RunCase } from "./run-schema.ts";

type Judged = Pick<Verdict, "id" | "verdict">;

/** The same cases; a regression that was not always one is flaky, with its rate. */
export function tellFlaky(cases: readonly RunCase[], confirmations: readonly Judged[]): RunCase[] {
  const rates = ratesOf([...cases, ...confirmations]);
  return cases.map((one) => {
    const rate = rates.get(one.id);
    const confirmed = confirmations.filter(({ id }) => id === one.id).filter(failed).length;
    if (!failed(one) || !rate) return one;
    if (rate.failed === rate.runs) return { ...one, confirmed };
    return { ...one, confirmed, verdict: "flaky", flaky: rate };
  });
}

/**
 * Ids of the cases that have failed in each of their runs, and that were run again less than
 * `times` times.
 */
export function unconfirmed(
  cases: readonly Judged[],
  confirmations: readonly Judged[],
  times: number,
): string[] {
  const always = [...ratesOf(cases)].filter(([, rate]) => rate.failed === rate.runs);
  return always
    .map(([id]) => id)
    .filter((id) => confirmations.filter((one) => one.id === id).length < times);
}

function ratesOf(runs: readonly Judged[]): Map<string, Rate> {
  const rates = new Map<string, Rate>();
  for (const one of runs) {
    // What was lost says nothing.
    if (one.verdict === "lost") continue;
    const { runs, failed: before } = rates.get(one.id) ?? { runs: 0, failed: 0 };
    rates.set(one.id, { runs: runs + 1, failed: before + (failed(one) ? 1 : 0) });
  }
  return rates;
}

function failed({ verdict }: Judged): boolean {
  return verdict === "regression" || verdict === "flaky";
}
