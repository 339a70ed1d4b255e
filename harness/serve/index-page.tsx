// The site's front: the runs, the kernels side by side, the cases that are not to be relied on.
import type { RunLine } from "../history/latest-runs.ts";
import { type CaseTrend, LATEST_RUNS } from "../history/overview.ts";
import { type ReportKind, shortPath } from "../record/results.ts";
import type { Run } from "../record/run-schema.ts";
import { Badge, ColumnHeads, Section } from "../report/html/elements.tsx";
import { inline, type Page } from "../report/html/page.tsx";
import { KernelsSection } from "./kernels.tsx";
import { caseHref, compareHref, reportHref, runHref } from "./links.ts";

const scripts = [inline("serve/live.js")];
const styles = [inline("serve/serve.css")];
const TRENDS = 30;

export interface Overview {
  readonly results: string;
  readonly runs: readonly RunLine[];
  /** What is about several runs. */
  readonly reports: readonly { readonly name: string; readonly kind: ReportKind }[];
  readonly trends: readonly CaseTrend[];
  /** The newest finished run of each kernel. */
  readonly kernels: readonly Run[];
}

export function indexPage({ results, runs, reports, trends, kernels }: Overview): Page {
  return {
    title: "uffd-wp: all runs",
    head: (
      <>
        <h1>Does write-protection hold?</h1>
        <p class="dim">
          {runs.length} runs in {shortPath(results)}.
        </p>
      </>
    ),
    contents: [
      ["runs", "Runs"],
      ["kernels", "Kernels"],
      ["reports", "Hunts and campaigns"],
      ["trends", "Cases"],
    ],
    body: (
      <>
        <RunsSection runs={runs} />
        <KernelsSection runs={kernels} />
        <ReportsSection reports={reports} />
        <TrendsSection trends={trends} />
      </>
    ),
    styles,
    scripts,
    connect: "'self'",
  };
}

function RunsSection({ runs }: { runs: readonly RunLine[] }) {
  return (
    <Section id="runs" title="Runs">
      {runs.length === 0 && <p>None yet: npx uffdwp run</p>}
      <div class="wide">
        <table class="lined runs">
          <ColumnHeads
            names={["run", "status", "kernel", "results", "not as expected", "changes"]}
          />
          <tbody>
            {runs.map((run, index) => (
              <RunRow key={run.name} run={run} before={runs[index + 1]} />
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  );
}

function RunRow({ run, before }: { run: RunLine; before: RunLine | undefined }) {
  const { name, status, source, results, unexpected } = run;
  return (
    <tr>
      <td class="id">
        <a href={runHref(name)}>{name}</a>
      </td>
      <td>
        <Badge status={status} />
      </td>
      <td>{source}</td>
      <td class="number">{results}</td>
      <td class="number">{unexpected}</td>
      <td>{before && <a href={compareHref(before.name, name)}>since the one before</a>}</td>
    </tr>
  );
}

const KINDS: Readonly<Record<ReportKind, string>> = {
  matrix: "kernels × kconfigs × suites",
  bisect: "which commit, or which options",
  series: "what each patch changes",
  mutants: "faults planted, and the cases that notice",
};

function ReportsSection({ reports }: Pick<Overview, "reports">) {
  return (
    <Section id="reports" title="Hunts, matrices and campaigns">
      {reports.length === 0 && <p class="dim">None yet.</p>}
      <table class="lined">
        <tbody>
          {reports.map(({ name, kind }) => (
            <tr key={name}>
              <td class="id">
                <a href={reportHref(name)}>{name}</a>
              </td>
              <td class="dim">{KINDS[kind]}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}

function TrendsSection({ trends }: { trends: readonly CaseTrend[] }) {
  const notable = trends.filter(({ failed, flakes }) => failed + flakes > 0);
  return (
    <Section id="trends" title={`Cases that failed in the last ${LATEST_RUNS} runs`}>
      {notable.length === 0 && <p class="dim">None of {trends.length}.</p>}
      <table class="lined">
        <ColumnHeads names={["case", "failed", "runs", "flakes", "took"]} />
        <tbody>
          {notable.slice(0, TRENDS).map((one) => (
            <tr key={one.case}>
              <td class="id">
                <a href={caseHref(one.case)}>{one.case}</a>
              </td>
              <td class="number">{one.failed}</td>
              <td class="number">{one.runs}</td>
              <td class="number">
                {one.flakes} of {one.repeats}
              </td>
              <td class="number">{one.durationMs} ms</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}
