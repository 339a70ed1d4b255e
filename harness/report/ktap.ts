// KTAP, as Documentation/dev-tools/ktap.rst has it: diagnostics before the result they belong to.
import { printable } from "../process/printable.ts";
import type { Run, RunCase } from "../record/run-schema.ts";
import { type Beyond, beyondCases, caseName, findingsOfCase, headline } from "./case-words.ts";
import type { Format } from "./format.ts";

const OUTPUT_LINES = 20;

export const ktap: Format = {
  name: "ktap",
  keptAs: "ktap.txt",
  render(run) {
    const { length } = run.cases;
    const beyond = beyondCases(run);
    const results = [
      ...run.cases.flatMap((one, index) => render(run, one, index + 1)),
      ...beyond.flatMap((one, index) => renderBeyond(one, length + index + 1)),
    ];
    return `${["KTAP version 1", `1..${length + beyond.length}`, ...results].join("\n")}\n`;
  },
};

function renderBeyond({ name, message, lines, kind }: Beyond, number: number): string[] {
  const said = [message, ...lines.slice(0, OUTPUT_LINES)].map((text) => `# ${line(text)}`);
  const directive = kind === "error" ? ` # ERROR ${line(message)}` : "";
  return [...said, `not ok ${number} ${description(name)}${directive}`];
}

function render(run: Run, one: RunCase, number: number): string[] {
  const name = description(caseName(run, one));
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

/** A description may hold anything but `#`, says ktap.rst, and the kernel's own parser means it. */
function description(name: string): string {
  return line(name.replaceAll("#", "_"));
}

/** One line, without what a terminal would obey, or what the parser takes for the beginning of a subtest or for the guest's end. */
function line(text: string): string {
  return printable(text)
    .replaceAll(/\s+/g, " ")
    .replace(/^(?=Subtest: )/, " ")
    .replaceAll(
      /(?<=List of all|reboot:|not syncing:) (?=partitions:|System halted|VFS:)/g,
      "\u00a0",
    )
    .trimEnd();
}
