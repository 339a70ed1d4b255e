// GitHub Actions: one annotation for each result that wants attention.
// https://docs.github.com/actions, "Workflow commands"
import { reproCommand } from "../record/repro.ts";
import type { Format } from "./format.ts";
import { caseName, headline, strayFindings, unexpectedCases } from "./unexpected.ts";
import { totalsWords } from "./words.ts";

/** GitHub shows ten annotations of a step and drops the others. */
const SHOWN = 9;

export const github: Format = {
  name: "github",
  render(run) {
    const cases = unexpectedCases(run).map((one) => ({
      level: one.verdict === "lost" ? "warning" : "error",
      title: `${caseName(run, one)} ${headline(one)}`,
      text: [one.title, one.reason, reproCommand(run, one.id)].join("\n"),
    }));
    const stray = strayFindings(run).map(({ title, lines }) => ({
      ...{ level: "error", title, text: lines.slice(0, 20).join("\n") },
    }));
    const level = run.status === "passed" ? "notice" : "error";
    const text = [totalsWords(run), run.reason].filter(Boolean).join("\n");
    const all = [{ level, title: `uffd-wp: ${run.status}`, text }, ...cases, ...stray];
    return all
      .slice(0, SHOWN + 1)
      .map((one) => `::${one.level} title=${property(one.title)}::${data(one.text)}\n`)
      .join("");
  },
};

function data(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
