// A run as one page: what a person looks at after a run, or mails to another.
import { type GuestLog, readGuestLogs } from "../../record/guest-log.ts";
import type { Run } from "../../record/run-schema.ts";
import { strayFindings, unexpectedCases } from "../../record/unexpected.ts";
import { compareRuns } from "../../verdict/comparison.ts";
import type { Format } from "../format.ts";
import { durationWords, kernelWords, machineWords, runDuration, totalsWords } from "../words.ts";
import { ChangesSection } from "./changes.tsx";
import { Badge, Facts } from "./elements.tsx";
import { Failures } from "./failures.tsx";
import { heatGrid } from "./heat-grid.ts";
import { HeatMap } from "./heat-map.tsx";
import { KernelLog } from "./kernel-log.tsx";
import { inline, type Page, renderPage } from "./page.tsx";
import { Results } from "./results.tsx";
import { Timeline } from "./timeline.tsx";
import { verdictSentence } from "./verdict-sentence.ts";

const styles = [inline("report/html/heat.css"), inline("report/html/run-page.css")];
const scripts = [inline("report/html/filter.js")];

export const html: Format = {
  name: "html",
  keptAs: "report.html",
  render: (run, { directory, previous }) =>
    renderPage(runPage(run, readGuestLogs(run, directory), previous)),
};

/** The page of a run; `logs` are the consoles that are still there, `previous` is the run before. */
export function runPage(run: Run, logs: readonly GuestLog[], previous: Run | undefined): Page {
  const changes = previous && { before: previous, comparison: compareRuns(previous, run) };
  return {
    title: `${run.status}: uffd-wp on ${run.kernel.release || run.kernel.source}`,
    head: <Head run={run} />,
    contents: contentsOf(run, logs, changes !== undefined),
    body: (
      <>
        {changes && <ChangesSection run={run} changes={changes} />}
        <HeatMap run={run} />
        <Failures run={run} logs={logs} />
        <Timeline run={run} />
        <KernelLog run={run} logs={logs} />
        <Results run={run} />
      </>
    ),
    styles,
    scripts,
  };
}

function contentsOf(run: Run, logs: readonly GuestLog[], compared: boolean): [string, string][] {
  const attention = unexpectedCases(run).length + strayFindings(run).length;
  const all: [boolean, string, string][] = [
    [compared, "changes", "What is new"],
    [heatGrid(run) !== undefined, "heat-map", "Heat map"],
    [attention > 0, "failures", `Not as expected (${attention})`],
    [run.guests.length > 0, "timeline", "Timeline"],
    [logs.length > 0, "kernel-log", "Kernel log"],
    [run.cases.length > 0, "results", "All results"],
  ];
  return all.flatMap(([there, id, name]) => (there ? [[id, name]] : []));
}

function Head({ run }: { run: Run }) {
  const { kernel } = run;
  const booted = run.guests.map(({ bootMs }) => durationWords(bootMs)).join(", ");
  return (
    <>
      <Badge status={run.status} />
      <h1>{verdictSentence(run)}</h1>
      {run.reason && <pre>{run.reason}</pre>}
      <Facts
        facts={[
          ["Kernel", kernelWords(run)],
          ...kernel.series.map((subject) => ["Patch", subject] as const),
          ["Build id", kernel.buildId && <code>{kernel.buildId}</code>],
          ["kconfigs", kernel.kconfig.join(", ")],
          ["Guest", [machineWords(run), booted && `; booted in ${booted}`]],
          ["QEMU", run.machine?.qemu],
          ["Results", totalsWords(run)],
          ["Run", `${run.id}, ${run.started}${took(run)}`],
          ["Asked for", <code key="request">uffdwp run {run.request.join(" ")}</code>],
        ]}
      />
    </>
  );
}

function took(run: Run): string {
  return run.finished ? `, ${durationWords(runDuration(run))}` : "";
}
