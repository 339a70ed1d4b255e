// What the hunting commands have in common: a view, a page, a table or JSON at the end, a way to go on.
import { join } from "node:path";
import { InterruptedError } from "../errors.ts";
import { publishFile } from "../process/publish.ts";
import type { HuntJournal } from "../record/hunt-journal.ts";
import { shortPath } from "../record/results.ts";
import type { RunView } from "../run/recorded-run.ts";
import { colorsFor } from "./colors.ts";
import { type OutputFlags, print } from "./output.ts";
import { withView } from "./view.ts";

/** How the record of a hunt is shown. */
interface Shown<R> {
  /** For the terminal. */
  readonly table: (record: R, table: Table) => string;
  /** As a document, for report.html. */
  readonly page: (record: R) => string;
}

interface Table {
  /** Of the hunt, as a person names it. */
  readonly directory: string;
  readonly color: boolean;
}

/** Carries a hunt out and shows what it found; where it is interrupted, says how to go on. */
export async function carryOutHunt<
  H extends Pick<HuntJournal<unknown, unknown>, "directory" | "close">,
  R,
>(
  hunt: H,
  flags: OutputFlags,
  work: (hunt: H, view: RunView) => Promise<R>,
  { table, page }: Shown<R>,
): Promise<R> {
  try {
    const record = await withView(flags, (view) => work(hunt, view));
    const color = colorsFor(process.stdout).isColorSupported;
    await publishFile(join(hunt.directory, "report.html"), page(record));
    print(flags, record, () => table(record, { directory: shortPath(hunt.directory), color }));
    return record;
  } catch (error) {
    if (error instanceof InterruptedError) {
      console.error(`To go on: npx uffdwp resume ${shortPath(hunt.directory)}`);
    }
    throw error;
  } finally {
    await hunt.close();
  }
}
