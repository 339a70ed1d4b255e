// The time of a run as spans: the build, each guest's boot, each case.
import type { Run } from "../../record/run-schema.ts";
import { type MarkKind, markKind } from "./elements.tsx";

export interface Span {
  readonly kind: "build" | "boot" | MarkKind;
  readonly name: string;
  /** Milliseconds from the run's start. */
  readonly from: number;
  readonly to: number;
}

export interface Lane {
  readonly name: string;
  readonly spans: readonly Span[];
}

/** One lane for what comes before the guests, one for each guest. */
export function lanesOf(run: Run): Lane[] {
  const start = Date.parse(run.started);
  const guests = run.guests.map(({ number, bootMs, up }) => {
    const to = Date.parse(up) - start;
    const boot: Span = { kind: "boot", name: "boot", from: Math.max(0, to - bootMs), to };
    return { name: `guest ${number}`, spans: [boot, ...casesOf(run, number, start)] };
  });
  const firstBoot = Math.min(...guests.map(({ spans }) => spans[0]?.from ?? 0));
  if (guests.length === 0) return [];
  const build: Span = { kind: "build", name: "source, build, image", from: 0, to: firstBoot };
  return [{ name: "build", spans: [build] }, ...guests];
}

/** Cases as expected that follow one another make one span: there are thousands of them. */
function casesOf(run: Run, guest: number, start: number): Span[] {
  const spans: Span[] = [];
  const cases = run.cases.filter((one) => one.guest === guest && one.started !== null);
  for (const one of cases) {
    const from = Date.parse(one.started ?? "") - start;
    const span = { kind: markKind(one), name: one.id, from, to: from + one.durationMs };
    const last = spans.at(-1);
    const joins = last && isQuiet(last.kind) && isQuiet(span.kind) && span.from - last.to < 500;
    if (joins) {
      spans[spans.length - 1] = { ...last, kind: "ok", name: "as expected", to: span.to };
    } else {
      spans.push(span);
    }
  }
  return spans;
}

function isQuiet(kind: Span["kind"]): boolean {
  return kind === "ok" || kind === "skipped" || kind === "known";
}
