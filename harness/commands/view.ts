// What a person sees while something goes on: notes stay, the status line is rewritten.
import pc from "picocolors";
import type { Progress } from "../process/progress.ts";
import type { RunView } from "../run.ts";
import type { Verdict } from "../verdict/verdict.ts";

export interface Verbosity {
  readonly quiet?: boolean;
  readonly verbose?: boolean;
}

/** A view that is done with: the terminal is left as it should be. */
interface View extends RunView {
  done(): void;
}

/**
 * A view on standard error. The status line needs a terminal, on standard output as well: whoever
 * redirects that wants no progress.
 */
async function createView({ quiet, verbose }: Verbosity): Promise<View> {
  const live = !quiet && process.stdout.isTTY && process.stderr.isTTY;
  // Loading it takes longer than all else that a run without a terminal does before it boots.
  const line = live ? (await import("log-update")).createLogUpdate(process.stderr) : undefined;
  let unexpected = 0;

  const view: View = {
    note(text) {
      if (quiet) return;
      line?.clear();
      process.stderr.write(`${pc.dim(text)}\n`);
    },
    status(text) {
      line?.(text.slice(0, (process.stderr.columns || 80) - 1));
    },
    verdict(verdict, { done, of }) {
      const asExpected = verdict.verdict === "ok" || verdict.verdict === "known";
      if (!asExpected) unexpected++;
      if (verbose || (!asExpected && unexpected <= 5)) view.note(verdictLine(verdict));
      const bad = unexpected > 0 ? pc.red(`, ${unexpected} not as expected`) : "";
      view.status(`${done} of ${of} cases${bad}: ${verdict.id}`);
    },
    done() {
      line?.clear();
    },
  };
  return view;
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

function verdictLine({ id, verdict, outcome, reason, durationMs }: Verdict): string {
  const said = reason ? `: ${reason.split("; ")[0]}` : "";
  return `${verdict.padEnd(10)} ${id} ${outcome} in ${durationMs} ms${said}`;
}
