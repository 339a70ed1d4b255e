// A survivor's page: the changed spot in the source, and the cases that reach it.
import type { CampaignRecord, MutantRecord } from "../../record/campaign-record.ts";
import { Badge, Facts, Section } from "./elements.tsx";
import { type Inline, renderPage } from "./page.tsx";

type Spot = MutantRecord["spots"][number];

export function survivorPage(
  mutant: MutantRecord,
  { kernel }: Pick<CampaignRecord, "kernel">,
  style: Inline,
): string {
  const { id, why, status, reason, spots, reaching, differing } = mutant;
  const blind = reaching.filter((one) => !differing.includes(one));
  return renderPage({
    title: `uffd-wp mutant ${id}`,
    head: (
      <>
        <h1>{id}</h1>
        <p>
          <Badge status={status} /> {reason}
        </p>
        <Facts
          facts={[
            ["Fault", why],
            ["Kernel", `${kernel.source} (${kernel.release})`],
            ["All", <a href="../report.html">the whole campaign</a>],
          ]}
        />
      </>
    ),
    styles: [style],
    body: (
      <>
        {spots.map((spot) => (
          <Section
            key={`${spot.file}:${spot.line}`}
            id={`line-${spot.line}`}
            title={`${spot.function}, ${spot.file}:${spot.line}`}
          >
            <Source spot={spot} />
          </Section>
        ))}
        <Cases
          title="Cases where it makes a difference there, and that don't notice"
          ids={differing}
        />
        <Cases title="Cases that reach it without a difference" ids={blind} />
      </>
    ),
  });
}

/** The original's lines; those of the spot go, and what stands there instead comes below. */
function Source({ spot }: { spot: Spot }) {
  const { line, original, changed, context } = spot;
  const last = line + original.split("\n").length - 1;
  const rows = context.lines.map((text, i) => ({ text, number: context.from + i }));
  const isGone = (number: number) => number >= line && number <= last && original !== "";
  const before = rows.filter(({ number }) => number <= last);
  const after = rows.filter(({ number }) => number > last);
  const come = changed === "" ? [] : changed.split("\n");
  return (
    <div class="source">
      {before.map(({ text, number }) => (
        <Line key={number} number={number} sign={isGone(number) ? "-" : " "} text={text} />
      ))}
      {original !== "" && come.length > 0 && (
        <Line
          sign="+"
          text={`${original.replaceAll(/\s+/g, " ")}  becomes  ${come.join(" ").replaceAll(/\s+/g, " ")}`}
        />
      )}
      {original === "" && come.map((text) => <Line key={text} sign="+" text={text} />)}
      {after.map(({ text, number }) => (
        <Line key={number} number={number} sign=" " text={text} />
      ))}
    </div>
  );
}

function Line({ number, sign, text }: { number?: number; sign: string; text: string }) {
  const kind = { "-": "gone", "+": "come" }[sign];
  return (
    <span class={kind}>
      <span class="line">{number ?? ""}</span>
      {`${sign} ${text}\n`}
    </span>
  );
}

function Cases({ title, ids }: { title: string; ids: readonly string[] }) {
  if (ids.length === 0) return null;
  return (
    <Section
      id={title.startsWith("Cases where") ? "differing" : "reaching"}
      title={`${title} (${ids.length})`}
    >
      <ul>
        {ids.map((id) => (
          <li key={id}>{id}</li>
        ))}
      </ul>
    </Section>
  );
}
