// One page that needs nothing else: what a person looks at after a run, or mails to another.
import { readFileSync } from "node:fs";
import { reproCommand } from "../record/repro.ts";
import type { Run, RunCase, RunFinding } from "../record/run-schema.ts";
import { formGrid, type Grid } from "./form-grid.ts";
import type { Format } from "./format.ts";
import { escapeHtml as esc } from "./html-escape.ts";
import {
  caseName,
  findingsOfCase,
  headline,
  strayFindings,
  unexpectedCases,
} from "./unexpected.ts";
import { durationWords, kernelWords, machineWords, runDuration, totalsWords } from "./words.ts";

const styles = readFileSync(new URL("./html-page.css", import.meta.url), "utf8");

export const html: Format = {
  name: "html",
  keptAs: "report.html",
  render(run) {
    const title = `uffd-wp ${run.status}: ${run.kernel.release || run.kernel.source}`;
    return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${esc(title)}</title>
<style>
${styles}</style>
</head>
<body>
${[head(run), attention(run), overview(run), allCases(run)].filter(Boolean).join("\n")}
</body>
</html>
`;
  },
};

function head(run: Run): string {
  const { kernel } = run;
  const guests = run.guests.map(({ bootMs }) => durationWords(bootMs)).join(", ");
  const facts: [string, string][] = [
    ["Kernel", kernelWords(run)],
    ...kernel.series.map((subject): [string, string] => ["Patch", subject]),
    ["Build id", kernel.buildId ?? ""],
    ["kconfigs", kernel.kconfig.join(", ")],
    ["Guest", `${machineWords(run)}${guests && `; booted in ${guests}`}`],
    ["QEMU", run.machine?.qemu ?? ""],
    [
      "Run",
      `${run.id}, ${run.started}${run.finished ? `, ${durationWords(runDuration(run))}` : ""}`,
    ],
    ["Asked for", `uffdwp run ${run.request.join(" ")}`],
  ];
  const rows = facts
    .filter(([, value]) => value !== "")
    .map(([name, value]) => `<tr><th>${esc(name)}</th><td>${esc(value)}</td></tr>`);
  return `<h1>Does uffd-wp survive? <span class="status ${run.status}">${run.status}</span></h1>
<p>${esc(totalsWords(run))}</p>
${run.reason ? `<pre>${esc(run.reason)}</pre>` : ""}
<table class="facts">${rows.join("\n")}</table>`;
}

function attention(run: Run): string {
  const cases = unexpectedCases(run).map((one) => article(run, one));
  const stray = strayFindings(run).map(
    (finding) => `<article><h3>While no case was running</h3>${log(finding)}</article>`,
  );
  if (cases.length + stray.length === 0) return "";
  return `<h2>Not as expected</h2>\n${[...cases, ...stray].join("\n")}`;
}

function article(run: Run, one: RunCase): string {
  const findings = findingsOfCase(run, one).map(log).join("\n");
  const output = one.output && `<pre>${esc(one.output.trimEnd())}</pre>`;
  const expects = one.because && `<p class="dim">${esc(one.because)}</p>`;
  return `<article class="${one.verdict}" id="${anchor(run, one)}">
<h3><span class="id">${esc(caseName(run, one))}</span> ${esc(headline(one))}</h3>
<p>Must hold: ${esc(one.title)}.${one.reason && `<br>Instead: ${esc(one.reason)}`}</p>
${[expects, findings, output].filter(Boolean).join("\n")}
<pre>${esc(reproCommand(run, one.id))}</pre>
</article>`;
}

function log({ title, file, line, lines }: RunFinding): string {
  return `<p><a href="${esc(file)}">${esc(file)}:${line}</a> ${esc(title)}</p>
<pre>${esc(lines.join("\n"))}</pre>`;
}

/** Mapping and form down, operation across: how a whole row or column fails says where to look. */
function overview(run: Run): string {
  const grids = formGrid(run.cases).map((grid) => renderGrid(run, grid));
  return grids.length === 0 ? "" : `<h2>By form and operation</h2>\n${grids.join("\n")}`;
}

function renderGrid(run: Run, { suite, operations, rows }: Grid): string {
  const header = operations.map((name) => `<th><span>${esc(name)}</span></th>`).join("");
  const body = rows.map(({ name, cells }) => {
    const marks = cells.map((cases) => `<td>${cases.map((one) => mark(run, one)).join("")}</td>`);
    return `<tr><th class="id">${esc(name)}</th>${marks.join("")}</tr>`;
  });
  return `<div class="scroll"><table class="grid"><thead><tr><th>${esc(suite)}</th>${header}</tr></thead>
<tbody>
${body.join("\n")}
</tbody></table></div>`;
}

function mark(run: Run, one: RunCase): string {
  const skipped = one.verdict === "ok" && one.outcome === "skip";
  const sign = { ok: skipped ? "–" : "✓", known: "k", lost: "?" }[one.verdict as string] ?? "✗";
  const tip = `${caseName(run, one)}: ${one.title}${one.reason && ` (${one.reason})`}`;
  const kind = skipped ? "skipped" : one.verdict;
  return `<a class="mark ${kind}" href="#${anchor(run, one)}" title="${esc(tip)}">${sign}</a>`;
}

function allCases(run: Run): string {
  if (run.cases.length === 0) return "";
  const unexpected = new Set(unexpectedCases(run));
  const rows = run.cases.map((one) => {
    // The anchor of an unexpected case is its article.
    const id = unexpected.has(one) ? "" : ` id="${anchor(run, one)}"`;
    const said = one.reason || one.because;
    return `<tr${id}><td>${mark(run, one)}</td><td class="id">${esc(caseName(run, one))}</td><td>${esc(one.title)}${said && `<br><span class="dim">${esc(said)}</span>`}</td><td>${durationWords(one.durationMs)}</td></tr>`;
  });
  return `<h2>All cases</h2>
<table class="all">
${rows.join("\n")}
</table>`;
}

function anchor(run: Run, one: RunCase): string {
  return esc(`case-${caseName(run, one).replaceAll(/[^\w.-]+/g, "-")}`);
}
