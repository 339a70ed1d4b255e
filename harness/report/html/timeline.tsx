// Where the time went: build, boots, cases; a case that took long or failed stands out.
import type { Run } from "../../record/run-schema.ts";
import { durationWords } from "../words.ts";
import { Section } from "./elements.tsx";
import { type Lane, lanesOf, type Span } from "./spans.ts";

const SLOWEST = 5;

export function Timeline({ run }: { run: Run }) {
  const lanes = lanesOf(run);
  if (lanes.length === 0) return null;
  const end = Math.max(1, ...lanes.flatMap(({ spans }) => spans.map(({ to }) => to)));
  const slowest = [...run.cases].sort((a, b) => b.durationMs - a.durationMs).slice(0, SLOWEST);
  return (
    <Section id="timeline" title="Timeline">
      <figure class="timeline">
        {lanes.map((lane) => (
          <LaneRow key={lane.name} lane={lane} end={end} />
        ))}
        <figcaption class="dim">0 to {durationWords(end)}.</figcaption>
      </figure>
      <p class="dim">
        The slowest cases:{" "}
        {slowest.map(({ id, durationMs }) => `${id} ${durationWords(durationMs)}`).join(", ")}.
      </p>
    </Section>
  );
}

function LaneRow({ lane, end }: { lane: Lane; end: number }) {
  return (
    <div class="lane">
      <span class="dim">{lane.name}</span>
      <div class="bar">
        {lane.spans.map((span) => (
          <span
            key={`${span.from} ${span.name}`}
            class={`span ${span.kind}`}
            style={place(span, end)}
            title={`${span.name}: ${durationWords(span.to - span.from)}`}
          />
        ))}
      </div>
    </div>
  );
}

function place({ from, to }: Span, end: number): string {
  const percent = (ms: number) => `${((ms / end) * 100).toFixed(3)}%`;
  return `left:${percent(from)};width:max(2px,${percent(to - from)})`;
}
