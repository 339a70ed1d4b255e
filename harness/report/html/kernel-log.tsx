// Everything that the guests' kernels said, with the running case in the margin and findings marked.
import type { ComponentChildren } from "preact";
import type { GuestLog, LogStretch } from "../../record/guest-log.ts";
import type { Run, RunFinding } from "../../record/run-schema.ts";
import { Section } from "./elements.tsx";

/** A page stays a page: of a longer console its file must do. */
const LINES = 20_000;
const CHARACTERS = 2_000_000;

export function KernelLog({ run, logs }: { run: Run; logs: readonly GuestLog[] }) {
  if (logs.length === 0) return null;
  return (
    <Section id="kernel-log" title="Kernel log">
      {logs.map((log) => {
        const findings = run.findings.filter(({ guest }) => guest === log.guest);
        return <Guest key={log.guest} log={log} findings={findings} />;
      })}
    </Section>
  );
}

function Guest({ log, findings }: { log: GuestLog; findings: readonly RunFinding[] }) {
  const { shown, left } = beginningOf(log.stretches);
  const last = shown.at(-1);
  return (
    <details class="guest">
      <summary>
        Guest {log.guest}: <a href={log.file}>{log.file}</a>
        {findings.length > 0 && `, ${findings.length} findings`}
      </summary>
      <Findings findings={findings} end={last ? lastLine(last) : 0} />
      <div class="log">
        {shown.map((stretch) => (
          <Stretch key={stretch.line} stretch={stretch} findings={findings} guest={log.guest} />
        ))}
      </div>
      {left > 0 && (
        <p class="dim">
          {left} more lines are left out here: they stand in <a href={log.file}>{log.file}</a>.
        </p>
      )}
    </details>
  );
}

/** What a page shows of a console, and how many lines it leaves out. */
function beginningOf(stretches: readonly LogStretch[]) {
  const shown: LogStretch[] = [];
  let left = 0;
  let room = CHARACTERS;
  for (const stretch of stretches) {
    const fits = stretch.lines.findIndex((line, at) => {
      room -= line.length + 1;
      return room < 0 || stretch.line + at > LINES;
    });
    const lines = fits < 0 ? stretch.lines : stretch.lines.slice(0, fits);
    if (lines.length > 0) shown.push({ ...stretch, lines });
    left += stretch.lines.length - lines.length;
  }
  return { shown, left };
}

function lastLine({ line, lines }: LogStretch): number {
  return line + lines.length - 1;
}

/** @param end the last line that is shown: of what comes behind it there is no place to go to */
function Findings({ findings, end }: { findings: readonly RunFinding[]; end: number }) {
  return (
    <ul>
      {findings.map((finding) => (
        <li key={finding.line}>
          {finding.line <= end ? (
            <a href={`#${findingAnchor(finding)}`}>{finding.title}</a>
          ) : (
            finding.title
          )}
          , line {finding.line}
        </li>
      ))}
    </ul>
  );
}

function Stretch(props: { stretch: LogStretch; findings: readonly RunFinding[]; guest: number }) {
  const { stretch, findings } = props;
  const within = findings.filter(({ line }) => line >= stretch.line && line <= lastLine(stretch));
  return (
    <div class="stretch">
      <span class="margin id">{stretch.case ?? ""}</span>
      <pre>{within.length === 0 ? stretch.lines.join("\n") : marked(stretch, within)}</pre>
    </div>
  );
}

/** The lines, with each finding's lines in a mark of their own. */
function marked({ line: first, lines }: LogStretch, findings: readonly RunFinding[]) {
  const parts: ComponentChildren[] = [];
  let at = 0;
  for (const finding of findings) {
    const from = finding.line - first;
    const to = Math.min(finding.endLine - first + 1, lines.length);
    parts.push(`${lines.slice(at, from).join("\n")}\n`);
    parts.push(<mark id={findingAnchor(finding)}>{lines.slice(from, to).join("\n")}</mark>, "\n");
    at = to;
  }
  return [...parts, lines.slice(at).join("\n")];
}

function findingAnchor({ guest, line }: RunFinding): string {
  return `finding-${guest}-${line}`;
}
