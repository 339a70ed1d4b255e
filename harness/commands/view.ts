// What a person sees while something goes on: notes stay, the lines below them are rewritten.
import type { Progress } from "../process/progress.ts";
import type { Colors } from "../report/colors.ts";
import type { RunView } from "../run/recorded-run.ts";
import { isUnexpected, type Verdict } from "../verdict/verdict.ts";
import { colorsFor } from "./colors.ts";
import { createLiveState } from "./live-state.ts";

export interface Verbosity {
  readonly quiet?: boolean;
  readonly verbose?: boolean;
}

/** A view that is done with: the terminal is left as it should be. */
interface View extends RunView {
  done(): void;
}

/** Failures that are told as they come; the others stand in the report. */
const TOLD = 20;
/** How often what runs is drawn again, in milliseconds. */
const REDRAW = 250;

/**
 * A view on standard error. What is rewritten needs a terminal, on standard output as well: whoever
 * redirects that wants no progress.
 */
async function createView({ quiet, verbose }: Verbosity): Promise<View> {
  const live = !quiet && process.stdout.isTTY && process.stderr.isTTY;
  const draw = live ? await openLiveLines() : undefined;
  const colors = colorsFor(process.stderr);
  const state = createLiveState(colors);
  let unexpected = 0;

  function note(text: string): void {
    if (quiet) return;
    draw?.clear();
    process.stderr.write(`${text}\n`);
    draw?.show();
  }

  async function openLiveLines() {
    // Loading it takes longer than all else that a run without a terminal does before it boots.
    const { createLogUpdate } = await import("log-update");
    const update = createLogUpdate(process.stderr);
    const show = () =>
      update(state.lines(process.stderr.columns || 80, performance.now()).join("\n"));
    const timer = setInterval(show, REDRAW).unref();
    return { show, clear: () => update.clear(), stop: () => clearInterval(timer) };
  }

  return {
    note: (text) => note(colors.dim(text)),
    status(text) {
      state.status(text);
      draw?.show();
    },
    began: (id, guest) => state.began(id, guest, performance.now()),
    verdict(verdict, position) {
      state.verdict(verdict, position, performance.now());
      const isNews = isUnexpected(verdict);
      if (isNews) unexpected++;
      if (verbose || (isNews && unexpected <= TOLD)) note(verdictLine(verdict, colors));
      if (isNews && unexpected === TOLD) note(colors.dim("  further ones are in the report"));
    },
    done() {
      draw?.stop();
      draw?.clear();
    },
  };
}

/** Runs `work` with a view that is cleared afterwards, whatever happens. */
export async function withView<T>(
  verbosity: Verbosity,
  work: (view: RunView & Progress) => Promise<T>,
): Promise<T> {
  const view = await createView(verbosity);
  try {
    return await work(view);
  } finally {
    view.done();
  }
}

function verdictLine(
  { id, verdict, outcome, reason, durationMs }: Verdict,
  colors: Colors,
): string {
  const said = reason ? colors.dim(`: ${reason.split("; ")[0]}`) : "";
  const signs = { ok: colors.green("✓"), known: colors.yellow("k"), lost: colors.yellow("?") };
  const sign = signs[verdict as keyof typeof signs] ?? colors.red("✗");
  return `${sign} ${id} ${outcome} in ${durationMs} ms${said}`;
}
