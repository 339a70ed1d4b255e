// uffdwp list: what there is.
import { Argument, Command } from "commander";
import type { CaseDescription } from "../image/case-list.ts";
import { prepareImage } from "../image/prepare.ts";
import { DEFAULT_FRAGMENTS, listFragments } from "../kernel/kconfig/fragment.ts";
import { loadMutants } from "../mutants/load.ts";
import { readRun } from "../record/read-run.ts";
import { listRuns, shortPath } from "../record/results.ts";
import type { Run } from "../record/run-schema.ts";
import { needsOf } from "../verdict/expectation.ts";
import { readSuiteFile } from "../verdict/suite-file.ts";
import { resultsDirectory, withResultsOption } from "./options.ts";
import { type OutputFlags, print, withOutputOptions } from "./output.ts";
import { withView } from "./view.ts";

type Row = Readonly<Record<string, unknown>>;

const LISTS: Readonly<Record<string, (results: string, flags: OutputFlags) => Promise<Row[]>>> = {
  cases: (_, flags) => listCases(flags),
  suites: (_, flags) => listSuites(flags),
  kconfigs: listKconfigs,
  images: listImages,
  mutants: listMutants,
  runs: listRecordedRuns,
};

export function listCommand(): Command {
  const command = new Command("list")
    .description("what there is")
    .addArgument(new Argument("<what>", "which list").choices(Object.keys(LISTS)));
  withOutputOptions(withResultsOption(command));
  return command.action(async (what: string) => {
    const flags = command.opts<OutputFlags>();
    const rows = (await LISTS[what]?.(resultsDirectory(command), flags)) ?? [];
    print(flags, { [what]: rows }, () => table(BRIEF.has(what) ? rows.map(briefly) : rows));
  });
}

async function listCases(flags: OutputFlags): Promise<Row[]> {
  const suite = await readSuiteFile();
  return (await allCases(flags)).map(({ id, suite: name, mapping, form, operation, title }) => ({
    id,
    suite: name,
    mapping,
    form,
    operation,
    needs: needsOf(id, suite),
    title,
  }));
}

async function listSuites(flags: OutputFlags): Promise<Row[]> {
  const { suites } = await readSuiteFile();
  const cases = await allCases(flags);
  const names = [...new Set(cases.map((one) => one.suite))];
  return names.map((name) => ({
    name,
    cases: cases.filter((one) => one.suite === name).length,
    purpose: suites[name] ?? "",
  }));
}

async function listKconfigs(): Promise<Row[]> {
  return (await listFragments()).map(({ name, purpose }) => ({
    name,
    default: DEFAULT_FRAGMENTS.includes(name),
    purpose,
  }));
}

async function listImages(): Promise<Row[]> {
  return [
    {
      name: "minimal",
      purpose: "our own init, runner and cases; nothing of the host (--boot qemu)",
    },
    { name: "minimal over 9p", purpose: "the same root, booted by virtme-ng (--boot virtme-ng)" },
    { name: "virtme", purpose: "the host's userland, read-only (uffdwp shell --boot virtme-ng)" },
  ];
}

async function listMutants(): Promise<Row[]> {
  return (await loadMutants()).map(({ id, why, places, equivalent }) => ({
    id,
    function: places[0]?.function ?? "",
    file: places[0]?.file ?? "",
    why,
    ...(equivalent !== undefined && { equivalent }),
  }));
}

async function listRecordedRuns(results: string, flags: OutputFlags): Promise<Row[]> {
  const runs: Run[] = [];
  await withView(flags, async (view) => {
    // One by one: the journals of a thousand runs don't fit into memory side by side.
    for (const directory of await listRuns(results)) {
      const run = await readRun(directory).catch(() => undefined);
      if (run) runs.push(run);
      else view.note(`${shortPath(directory)} is left out: its journal can't be read`);
    }
  });
  return runs.map(({ id, status, kernel, totals }) => ({
    id,
    status,
    kernel: kernel.source,
    ok: totals.ok,
    regression: totals.regression,
    lost: totals.lost,
  }));
}

function allCases(flags: OutputFlags): Promise<readonly CaseDescription[]> {
  return withView(flags, async (view) => (await prepareImage(undefined, view)).cases);
}

/** Lists of which a line shows a part. */
const BRIEF: ReadonlySet<string> = new Set(["cases", "mutants"]);

/** A line's worth of a case or a mutant. */
function briefly({ id, title, why }: Row): Row {
  return { id, title: title ?? why };
}

/** The first column stands alone; what follows is aligned, the last not cut. */
function table(rows: readonly Row[]): string {
  const cells = rows.map((row) => Object.values(row).map(cell));
  const widths = (cells[0] ?? []).map((_, i) =>
    Math.max(...cells.map((row) => row[i]?.length ?? 0)),
  );
  return cells
    .map((row) =>
      row
        .map((text, i) => text.padEnd(widths[i] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

function cell(value: unknown): string {
  return Array.isArray(value) ? value.join(", ") : String(value);
}
