// What is not as expected, case by case: what should have happened, what did, how to see it again.

import type { GuestLog, LogStretch } from "../../record/guest-log.ts";
import { reproCommand } from "../../record/repro.ts";
import type { Run, RunCase, RunFinding } from "../../record/run-schema.ts";
import { strayFindings, unexpectedCases } from "../../record/unexpected.ts";
import { caseName, findingsOfCase, headline } from "../case-words.ts";
import { briefReason } from "../words.ts";
import { anchorOf } from "./anchor.ts";
import { Mark, markKind, Section } from "./elements.tsx";
import { PtePicture } from "./pte-picture.tsx";
import { pteWay } from "./pte-way.ts";
import { LogLine } from "./source-link.tsx";

/** Of a case's stretch of the log, at its end. */
const LOG_LINES = 80;

export function Failures({ run, logs }: { run: Run; logs: readonly GuestLog[] }) {
  const cases = unexpectedCases(run);
  const stray = strayFindings(run);
  if (cases.length + stray.length === 0) return null;
  return (
    <Section id="failures" title={`Not as expected (${cases.length + stray.length})`}>
      {cases.map((one) => (
        <Failure key={anchorOf(run, one)} run={run} one={one} logs={logs} />
      ))}
      {stray.map((finding) => (
        <article key={`${finding.guest} ${finding.line}`} class="failure regression">
          <h3>{finding.title}</h3>
          <p>While no case was running.</p>
          <Trace finding={finding} run={run} />
        </article>
      ))}
    </Section>
  );
}

function Failure({ run, one, logs }: { run: Run; one: RunCase; logs: readonly GuestLog[] }) {
  const findings = findingsOfCase(run, one);
  const way = pteWay(one);
  const around = stretchOf(one, logs);
  return (
    <article class={`failure ${one.verdict}`} id={anchorOf(run, one)}>
      <h3>
        <Mark kind={markKind(one)} /> <span class="id">{caseName(run, one)}</span> {headline(one)}
      </h3>
      {way && <PtePicture way={way} />}
      <dl class="facts">
        <dt>must hold</dt>
        <dd>{one.title}</dd>
        {one.reason && <dt>instead</dt>}
        {one.reason && <dd>{briefReason(one.reason)}</dd>}
        {one.because && <dt>known</dt>}
        {one.because && <dd>{one.because}</dd>}
      </dl>
      <Command text={reproCommand(run, one.id)} />
      {findings.map((finding) => (
        <Trace key={finding.line} finding={finding} run={run} />
      ))}
      {one.output && <Fold title="What the case printed" text={one.output.trimEnd()} />}
      {around && (
        <Fold
          title={`Kernel log of the case (guest ${one.guest}, from line ${around.line})`}
          text={around.lines.slice(-LOG_LINES).join("\n")}
        />
      )}
    </article>
  );
}

/** A command to copy. The button is of use only where the page's script runs. */
function Command({ text }: { text: string }) {
  return (
    <div class="command">
      <pre>{text}</pre>
      <button type="button" class="copy" hidden data-copy={text}>
        Copy
      </button>
    </div>
  );
}

function Trace({ finding, run }: { finding: RunFinding; run: Run }) {
  const { title, file, line, lines, corrupted } = finding;
  return (
    <>
      <p>
        {title}, <a href={file}>{`${file}:${line}`}</a>
        {corrupted && " (the report is cut short or mixed up)"}
      </p>
      <pre class="trace">
        {lines.map((text, index) => (
          <LogLine key={index} text={text} release={run.kernel.release} />
        ))}
      </pre>
    </>
  );
}

function Fold({ title, text }: { title: string; text: string }) {
  return (
    <details>
      <summary>{title}</summary>
      <pre>{text}</pre>
    </details>
  );
}

/** The last time that the case ran in its guest. */
function stretchOf(one: RunCase, logs: readonly GuestLog[]): LogStretch | undefined {
  return logs
    .find(({ guest }) => guest === one.guest)
    ?.stretches.findLast((stretch) => stretch.case === one.id);
}
