// GitHub Actions: one annotation for each result that wants attention, at the line of the series
// where its trace points to.
// https://docs.github.com/actions, "Workflow commands"
import { reproCommand } from "../record/repro.ts";
import type { Run, RunFinding } from "../record/run-schema.ts";
import { strayFindings, unexpectedCases } from "../record/unexpected.ts";
import { caseName, findingsOfCase, headline } from "./case-words.ts";
import type { Format } from "./format.ts";
import { placeInSeries } from "./series-place.ts";
import { totalsWords } from "./words.ts";

interface Annotation {
  readonly level: "error" | "warning" | "notice";
  readonly title: string;
  readonly text: string;
  /** What may know a place in the source. */
  readonly findings: readonly RunFinding[];
}

/** GitHub shows ten annotations of a step and drops the others. */
const SHOWN = 9;

export const github: Format = {
  name: "github",
  render(run) {
    const cases = unexpectedCases(run).map((one) => ({
      level: one.verdict === "lost" ? ("warning" as const) : ("error" as const),
      title: `${caseName(run, one)} ${headline(one)}`,
      text: [one.title, one.reason, reproCommand(run, one.id)].join("\n"),
      findings: findingsOfCase(run, one),
    }));
    const stray = strayFindings(run).map((finding) => ({
      level: "error" as const,
      title: finding.title,
      findings: [finding],
      text: finding.lines.slice(0, 20).join("\n"),
    }));
    return [summary(run), ...cases, ...stray]
      .slice(0, SHOWN + 1)
      .map((one) => command(run, one))
      .join("");
  },
};

function summary(run: Run): Annotation {
  return {
    level: run.status === "passed" ? "notice" : "error",
    title: `uffd-wp: ${run.status}`,
    text: [totalsWords(run), run.reason].filter(Boolean).join("\n"),
    findings: [],
  };
}

function command(run: Run, { level, title, text, findings }: Annotation): string {
  const [place] = findings.flatMap((finding) => placeInSeries(run, finding) ?? []);
  const at = place ? `file=${property(place.file)},line=${place.line},` : "";
  return `::${level} ${at}title=${property(title)}::${data(text)}\n`;
}

function data(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
