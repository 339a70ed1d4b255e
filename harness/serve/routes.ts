// Which page stands where.
import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { caseHistory } from "../history/case-history.ts";
import { withHistory } from "../history/database.ts";
import { latestRuns } from "../history/latest-runs.ts";
import { caseTrends } from "../history/overview.ts";
import { readGuestLogs } from "../record/guest-log.ts";
import { isJournalOpen } from "../record/journal.ts";
import { previousRun } from "../record/previous-run.ts";
import { readRun } from "../record/read-run.ts";
import { listReports, listRuns } from "../record/results.ts";
import type { Run } from "../record/run-schema.ts";
import { comparePage } from "../report/html/compare-page.tsx";
import { runPage } from "../report/html/run-page.tsx";
import { compareRuns } from "../verdict/comparison.ts";
import { casePage } from "./case-page.tsx";
import { indexPage } from "./index-page.tsx";
import { showKeptFile } from "./kept-file.ts";
import { caseHref, runHref } from "./links.ts";
import { livePage } from "./live-page.tsx";
import { type Answer, notFound, page, plain } from "./response.ts";

/** Files of a run that may be looked at: nothing that a browser would run. */
const FILES =
  /^(?:guest-\d+\/(?:console|cases)\.log|build\.log|config|journal\.ndjson|run\.json|ktap\.txt)$/;
const RUNS = 200;
/** So many kernels fit side by side. */
const KERNELS = 6;

/** The answer to a path, in its decoded parts. */
export async function route(
  results: string,
  [kind, ...rest]: readonly string[],
  query: URLSearchParams,
): Promise<Answer> {
  switch (kind) {
    case undefined:
      return showIndex(results);
    case "runs":
      return showRun(results, rest);
    case "reports":
      return showKeptFile(results, rest);
    case "cases":
      return showCase(results, rest.join("/"));
    case "compare":
      return showComparison(results, query);
    default:
      return notFound;
  }
}

async function showIndex(results: string): Promise<Answer> {
  const { runs, trends } = await withHistory(results, (database) => ({
    runs: latestRuns(database, RUNS),
    trends: caseTrends(database),
  }));
  // The newest finished run of each kernel.
  const finished = runs.filter(({ status }) => status === "passed" || status === "failed");
  const newest = new Map([...finished].reverse().map(({ source, name }) => [source, name]));
  const names = [...newest.values()].slice(-KERNELS);
  const kernels = await Promise.all(names.map((name) => readRun(join(results, name))));
  const reports = await listReports(results);
  return page(indexPage({ results, runs, reports, trends, kernels }));
}

async function showRun(results: string, [name, ...file]: readonly string[]): Promise<Answer> {
  const directory = await runDirectory(results, name);
  if (!directory) return notFound;
  if (file.length > 0) return showFile(directory, file.join("/"));
  // In this order: a run that ends in between is shown with its end.
  const isAtWork = await isJournalOpen(directory);
  const run = await readRun(directory);
  if (isAtWork && run.finished === null) return page(livePage(run));
  const content = runPage(run, readGuestLogs(run, directory), await previousRun(directory, run));
  return page({ ...content, contents: [...(content.contents ?? []), ["/", "All runs"]] });
}

async function showFile(directory: string, file: string): Promise<Answer> {
  if (!FILES.test(file)) return notFound;
  return readFile(join(directory, file)).then(
    (bytes) => plain(200, bytes),
    () => notFound,
  );
}

async function showCase(results: string, id: string): Promise<Answer> {
  const found = await withHistory(results, (database) => caseHistory(database, id));
  return found ? page(casePage(found)) : notFound;
}

async function showComparison(results: string, query: URLSearchParams): Promise<Answer> {
  const [from, to] = await Promise.all(
    ["from", "to"].map((key) => runDirectory(results, query.get(key) ?? undefined)),
  );
  if (!from || !to) return notFound;
  const links = { run: ({ id }: Run) => runHref(id), case: caseHref };
  const [before, after] = [await readRun(from), await readRun(to)];
  const content = comparePage({ before, after }, compareRuns(before, after), links);
  return page({ ...content, contents: [...(content.contents ?? []), ["/", "All runs"]] });
}

/** Only what is listed is there: no name leads anywhere else. */
async function runDirectory(
  results: string,
  name: string | undefined,
): Promise<string | undefined> {
  return (await listRuns(results)).find((directory) => basename(directory) === name);
}
