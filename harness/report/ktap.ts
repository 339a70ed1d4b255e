// KTAP, as Documentation/dev-tools/ktap.rst has it: diagnostics before the result they belong to.
import type { Run, RunCase } from "../record/run-schema.ts";
import type { Format } from "./format.ts";
import { caseName, findingsOfCase, headline } from "./unexpected.ts";

const OUTPUT_LINES = 20;

export const ktap: Format = {
  name: "ktap",
  keptAs: "ktap.txt",
  render(run) {
    const results = run.cases.flatMap((one, index) => render(run, one, index + 1));
    return `${["KTAP version 1", `1..${run.cases.length}`, ...results].join("\n")}\n`;
  },
};

function render(run: Run, one: RunCase, number: number): string[] {
  const name = caseName(run, one).replaceAll("#", "\\#");
  switch (one.verdict) {
    case "ok":
      return [
        one.outcome === "skip"
          ? `ok ${number} ${name} # SKIP ${line(one.because)}`
          : `ok ${number} ${name}`,
      ];
    case "known":
      return [`ok ${number} ${name} # XFAIL ${line(one.because)}`];
    default:
      return [...diagnostics(run, one), `not ok ${number} ${name}${directive(one)}`];
  }
}

/** An unexpected skip or pass is a failure: no directive may talk it away. */
function directive({ verdict, outcome, reason }: RunCase): string {
  if (verdict === "lost") return ` # ERROR ${line(reason)}`;
  return outcome === "timeout" ? ` # TIMEOUT ${line(reason)}` : "";
}

function diagnostics(run: Run, one: RunCase): string[] {
  const findings = findingsOfCase(run, one).map(
    ({ title, file, line }) => `${title} (${file}:${line})`,
  );
  const printed = one.output.split("\n").filter((text) => text.startsWith("# "));
  const texts = [
    `${one.id} ${headline(one)}`,
    ...(one.reason ? [one.reason] : []),
    ...findings,
    ...printed.map((text) => text.slice(2)).slice(0, OUTPUT_LINES),
  ];
  return [...new Set(texts)].map((text) => `# ${line(text)}`);
}

function line(text: string): string {
  return text.replaceAll(/\s+/g, " ").trim();
}
