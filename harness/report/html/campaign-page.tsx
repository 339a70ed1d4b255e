// A campaign of mutants as pages: who survived, who noticed what, and each survivor's place.
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { publishFile } from "../../process/publish.ts";
import type { CampaignRecord, MutantRecord } from "../../record/campaign-record.ts";
import { campaignVerdict, isAnyTried } from "../../record/campaign-verdict.ts";
import { Badge, ColumnHeads, Facts, Section } from "./elements.tsx";
import { asGlobs, byOperation, mutantGrid } from "./mutant-grid.ts";
import { noticesAnchor, survivorFile, survivorLink } from "./mutant-links.ts";
import { MutantMatrix } from "./mutant-matrix.tsx";
import { inline, renderPage } from "./page.tsx";
import { survivorPage } from "./survivor-page.tsx";

const style = inline("report/html/campaign.css");
const styles = [inline("report/html/heat.css"), style];
/** More names than these are folded. */
const NAMES_SHOWN = 3;

/** Writes report.html, and mutants/ID.html for each survivor. */
export async function keepCampaignPages(directory: string, record: CampaignRecord): Promise<void> {
  const survivors = record.mutants.filter(({ status }) => status === "survived");
  await mkdir(join(directory, "mutants"), { recursive: true });
  for (const mutant of survivors) {
    await publishFile(join(directory, survivorFile(mutant)), survivorPage(mutant, record, style));
  }
  await publishFile(join(directory, "report.html"), campaignPage(record));
}

/** The page of a whole campaign. */
function campaignPage(record: CampaignRecord): string {
  const { mutants, idle, suites, full } = record;
  const grid = mutantGrid(record);
  const of = (...statuses: MutantRecord["status"][]) =>
    mutants.filter(({ status }) => statuses.includes(status));
  const sections = [
    ["survivors", "Survived", of("survived")],
    [
      "unreadable",
      "Not tried: the patch can't be read, or does not build",
      of("unreadable", "not-built"),
    ],
    ["killed", "Killed", of("killed")],
    ["equivalent", "Equivalent: nobody can notice, and why", of("equivalent")],
    ["not-applicable", "Not in this kernel", of("not-applicable")],
  ] as const;
  const shown = sections.filter(([, , rows]) => rows.length > 0);
  const contents = shown.map(([id, name, rows]) => [id, `${name} (${rows.length})`] as const);
  const matrix = grid ? ([["matrix", "Matrix"]] as const) : [];
  return renderPage({
    title: `uffd-wp mutants: ${record.killed} killed, ${record.survived} survived`,
    head: <Head record={record} />,
    contents: [
      ...matrix,
      ...contents,
      ...(idle.length > 0 ? [["idle", "Idle cases"] as const] : []),
    ],
    styles,
    body: (
      <>
        {grid && <MutantMatrix grid={grid} full={full} />}
        {shown.map(([id, name, rows]) => (
          <Section key={id} id={id} title={`${name} (${rows.length})`}>
            <Mutants rows={rows} suites={suites} />
          </Section>
        ))}
        {idle.length > 0 && <Idle ids={idle} />}
      </>
    ),
  });
}

function whyNoScore(mutants: readonly MutantRecord[]): string {
  return isAnyTried(mutants)
    ? "Only mutants that are proven equivalent were tried."
    : "No planted fault was tried.";
}

function Head({ record }: { record: CampaignRecord }) {
  const { kernel, killed, survived, score, durations, cases, full, suites, distrusted } = record;
  const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
  return (
    <>
      <h1>Would the cases notice?</h1>
      <p>
        <Badge status={campaignVerdict(record)} />{" "}
        {score === null
          ? whyNoScore(record.mutants)
          : `${killed} of ${killed + survived} planted faults are noticed: ${(score * 100).toFixed(1)} %.`}
      </p>
      <Contradictions mutants={record.mutants} />
      <Facts
        facts={[
          ["Kernel", `${kernel.source} (${kernel.release})`],
          ["Cases", String(cases)],
          ["Left out", distrusted.map((id) => `${id} (not as it was mapped)`).join(", ")],
          ["Suites", suites.join(", ")],
          ["Each mutant", full ? "all cases that reach it" : "until one case notices"],
          [
            "Time",
            `build ${seconds(durations.build)}, hit map ${seconds(durations.map)}, trials ${seconds(durations.trials)}`,
          ],
          ["Began", `${record.started}, as ${record.id}`],
          ["Ended", record.finished ?? "it was stopped"],
        ]}
      />
    </>
  );
}

/** A wrong pruning or a wrong proof is worse than a survivor: it hides others. */
function Contradictions({ mutants }: Pick<CampaignRecord, "mutants">) {
  const wrong = mutants.filter(({ contradictions }) => contradictions.length > 0);
  if (wrong.length === 0) return null;
  return (
    <ul class="contradictions">
      {wrong.flatMap(({ id, contradictions }) =>
        contradictions.map((words) => (
          <li key={`${id} ${words}`}>
            <a href={`#${id}`}>{id}</a>: {words}
          </li>
        )),
      )}
    </ul>
  );
}

function Mutants({ rows, suites }: { rows: readonly MutantRecord[]; suites: readonly string[] }) {
  const names = [
    "mutant",
    "where",
    "status",
    "reached by",
    ...(suites.length > 0 ? suites : ["noticed by"]),
  ];
  return (
    <div class="wide">
      <table class="lined">
        <ColumnHeads names={names} />
        <tbody>
          {rows.map((mutant) => (
            <Row key={mutant.id} mutant={mutant} suites={suites} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ mutant, suites }: { mutant: MutantRecord; suites: readonly string[] }) {
  const { id, why, file, function: name, spots, status, by, reaching, differing, reason } = mutant;
  const columns = suites.length > 0 ? suites.map((suite) => mutant.suite[suite] ?? []) : [by];
  return (
    <tr id={id}>
      <td>
        {status === "survived" ? <a href={survivorLink(mutant)}>{id}</a> : id}
        <span class="said">{why}</span>
      </td>
      <td>
        {name}
        <span class="said">{file && `${file}:${spots[0]?.line ?? ""}`}</span>
      </td>
      <td>
        <Badge status={status} />
      </td>
      <td>{reaching.length > 0 ? `${differing.length} of ${reaching.length} cases` : ""}</td>
      {columns.map((ids, i) => (
        <td key={suites[i] ?? "all"} id={suites[i] && noticesAnchor(mutant, suites[i])}>
          <Noticing mutant={mutant} ids={ids} isAlone={suites.length === 0} />
          {i === 0 && <span class="said">{reason}</span>}
        </td>
      ))}
    </tr>
  );
}

interface NoticingProps {
  readonly mutant: MutantRecord;
  readonly ids: readonly string[];
  /** Of no suite among several: the matrix leads to each operation. */
  readonly isAlone: boolean;
}

/** The cases that notice, by what they do. */
function Noticing({ mutant, ids, isAlone }: NoticingProps) {
  if (ids.length === 0) return null;
  const list = (
    <ul class="noticing">
      {[...byOperation(ids)].map(([operation, of]) => (
        <li key={operation} id={isAlone ? noticesAnchor(mutant, operation) : undefined}>
          {asGlobs(of).join(", ")}
        </li>
      ))}
    </ul>
  );
  if (ids.length <= NAMES_SHOWN) return list;
  return (
    <details>
      <summary>
        {ids[0]} and {ids.length - 1} more
      </summary>
      {list}
    </details>
  );
}

/** Cases that noticed nothing in a full campaign: they may watch what no mutant breaks. */
function Idle({ ids }: { ids: readonly string[] }) {
  return (
    <Section id="idle" title={`Cases that notice no mutant (${ids.length})`}>
      <p>Each may watch what no mutant breaks yet, or not look closely enough.</p>
      <ul>
        {ids.map((id) => (
          <li key={id}>{id}</li>
        ))}
      </ul>
    </Section>
  );
}
