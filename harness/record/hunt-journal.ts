// hunt.ndjson: what a hunt was asked for, and each of its steps as it was decided.
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { UsageError } from "../errors.ts";
import { now, openJournal, parseLines } from "./journal.ts";
import { createReportDirectory } from "./results.ts";

const FILE = "hunt.ndjson";

export type HuntKind = "bisect" | "series";

/** An open hunt; its runs lie below its directory. */
export interface HuntJournal<Request, Step> {
  readonly id: string;
  readonly directory: string;
  readonly request: Request;
  /** What was decided before it was interrupted, in order. */
  readonly steps: readonly Step[];
  append(step: Step): Promise<void>;
  close(): Promise<void>;
}

type HuntEvent<Request, Step> =
  | { readonly event: "hunt"; readonly schema: 1; readonly id: string; readonly request: Request }
  | { readonly event: "step"; readonly time: string; readonly step: Step };

/** @throws {HarnessError} when results/ can't be written to */
export async function createHunt<Request, Step>(
  results: string,
  kind: HuntKind,
  request: Request,
): Promise<HuntJournal<Request, Step>> {
  const { id, directory } = await createReportDirectory(results, new Date(), kind);
  const journal = await openJournal<HuntEvent<Request, Step>>(directory, FILE);
  await journal.append({ event: "hunt", schema: 1, id, request });
  await journal.close();
  return openHunt(directory);
}

/** The directory of a hunt that is named by its id or by a path; undefined when there is none. */
export function findHunt(results: string, name: string): string | undefined {
  const found = [join(results, name), name].find((path) => existsSync(join(path, FILE)));
  return found && resolve(found);
}

/** @throws {UsageError} when the directory holds no hunt, or another uffdwp is at it */
export async function openHunt<Request, Step>(
  directory: string,
): Promise<HuntJournal<Request, Step>> {
  const path = join(directory, FILE);
  if (!existsSync(path)) throw new UsageError(`${directory} holds no hunt: no ${FILE}.`);
  const journal = await openJournal<HuntEvent<Request, Step>>(directory, FILE);
  const [begin, ...events] = parseLines<HuntEvent<Request, Step>>(await readFile(path, "utf8"));
  if (begin?.event !== "hunt") {
    await journal.close();
    throw new UsageError(`${path} does not begin with a hunt.`);
  }
  return {
    id: basename(directory),
    directory,
    request: begin.request,
    steps: events.flatMap((one) => (one.event === "step" ? [one.step] : [])),
    append: (step) => journal.append({ event: "step", time: now(), step }),
    close: () => journal.close(),
  };
}
