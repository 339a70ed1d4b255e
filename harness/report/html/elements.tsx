// Small things that all pages are made of.
import type { ComponentChildren } from "preact";
import type { RunCase } from "../../record/run-schema.ts";

/** A status in a coloured box: `passed`, `failed`, `untestable`, … */
export function Badge({ status }: { status: string }) {
  return <span class={`badge ${status}`}>{status}</span>;
}

/** Names and values; what is empty is left out. */
export function Facts({ facts }: { facts: readonly (readonly [string, ComponentChildren])[] }) {
  return (
    <dl class="facts">
      {facts
        .filter(([, value]) => value !== "" && value !== null && value !== undefined)
        .map(([name, value], index) => [
          <dt key={`name ${index}`}>{name}</dt>,
          <dd key={`value ${index}`}>{value}</dd>,
        ])}
    </dl>
  );
}

/** The names of a table's columns. */
export function ColumnHeads({ names }: { names: readonly string[] }) {
  return (
    <thead>
      <tr>
        {names.map((name) => (
          <th key={name} scope="col">
            {name}
          </th>
        ))}
      </tr>
    </thead>
  );
}

/** A section that the contents lead to. */
export function Section(props: { id: string; title: string; children: ComponentChildren }) {
  return (
    <section aria-labelledby={props.id}>
      <h2 id={props.id}>{props.title}</h2>
      {props.children}
    </section>
  );
}

/** How a case shows in a mark: its verdict, with skips apart from passes. */
export type MarkKind = RunCase["verdict"] | "skipped";

const SIGNS: Readonly<Record<MarkKind, string>> = {
  ok: "✓",
  skipped: "–",
  known: "k",
  lost: "?",
  regression: "✗",
  flaky: "~",
  "unexpected-pass": "✗",
  "unexpected-skip": "✗",
};

const NAMES: Readonly<Record<MarkKind, string>> = {
  ok: "as expected",
  skipped: "skipped, as expected",
  known: "known bug",
  lost: "lost",
  regression: "regression",
  flaky: "flaky",
  "unexpected-pass": "unexpected pass",
  "unexpected-skip": "unexpected skip",
};

export function markKind({ verdict, outcome }: Pick<RunCase, "verdict" | "outcome">): MarkKind {
  return verdict === "ok" && outcome === "skip" ? "skipped" : verdict;
}

interface MarkProps {
  readonly kind: MarkKind;
  /** Where it leads: to the case. */
  readonly href?: string;
  readonly tip?: string;
  /** Of how many it tells, where that is to stand in place of the sign. */
  readonly count?: number;
}

/** A sign and a colour. */
export function Mark({ kind, href, tip, count }: MarkProps) {
  const label = tip ?? NAMES[kind];
  return href ? (
    <a class={`mark ${kind}`} href={href} title={label} aria-label={label}>
      {count ?? SIGNS[kind]}
    </a>
  ) : (
    <span class={`mark ${kind}`} role="img" aria-label={label}>
      {count ?? SIGNS[kind]}
    </span>
  );
}

export function Legend({ kinds }: { kinds: readonly MarkKind[] }) {
  return (
    <ul class="legend">
      {kinds.map((kind) => (
        <li key={kind}>
          <Mark kind={kind} /> {NAMES[kind]}
        </li>
      ))}
    </ul>
  );
}
