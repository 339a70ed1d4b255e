// Server-sent events: something has changed, look again. What it is stands in the page.
// https://html.spec.whatwg.org/multipage/server-sent-events.html
import { stat } from "node:fs/promises";
import type { ServerResponse } from "node:http";
import { join } from "node:path";
import { JOURNAL } from "../record/journal.ts";
import { listReports, listRuns } from "../record/results.ts";
import { notFound, openStream, send } from "./response.ts";

/** How often we look, in milliseconds: inotify would miss what a network file system does. */
const LOOK = 500;
/** So often a comment keeps proxies from closing what is quiet. */
const KEEP_ALIVE = 15_000;

/** Streams to a page, named by the parts of its path, until it is closed. */
export async function streamChanges(
  results: string,
  parts: readonly string[],
  response: ServerResponse,
): Promise<void> {
  const [kind, name] = parts;
  const known = (await listRuns(results)).map((path) => path.split("/").at(-1));
  const isRun = parts.length === 2 && kind === "runs" && known.includes(name);
  if (!isRun && parts.length > 0) return send(response, notFound);
  const look = isRun ? () => journalState(results, name ?? "") : () => newestState(results);
  // In this order: who looks once the stream is open sees what we saw, or more.
  let last = await look();
  openStream(response);
  let quiet = 0;
  const timer = setInterval(async () => {
    const now = await look();
    quiet = now === last ? quiet + LOOK : 0;
    if (now !== last) response.write(`event: changed\ndata: ${now}\n\n`);
    else if (quiet % KEEP_ALIVE === 0) response.write(": still here\n\n");
    last = now;
  }, LOOK);
  response.on("close", () => clearInterval(timer));
}

async function journalState(results: string, name: string): Promise<string> {
  const info = await stat(join(results, name, JOURNAL)).catch(() => undefined);
  return String(info?.size ?? 0);
}

/** Runs and reports come and go, and the newest run grows. */
async function newestState(results: string): Promise<string> {
  const runs = await listRuns(results);
  const reports = await listReports(results);
  const newest = runs.at(-1)?.split("/").at(-1);
  return `${runs.length} ${reports.length} ${newest ? await journalState(results, newest) : 0}`;
}
