// Every case, to be searched: filters that the address keeps, so that a view can be sent to others.
import type { Run, RunCase } from "../../record/run-schema.ts";
import { unexpectedCases } from "../../record/unexpected.ts";
import { caseName } from "../case-words.ts";
import { briefReason, durationWords } from "../words.ts";
import { anchorOf } from "./anchor.ts";
import { Mark, type MarkKind, markKind, Section } from "./elements.tsx";

const FILTERS: readonly (readonly [string, string, readonly MarkKind[]])[] = [
  [
    "unexpected",
    "not as expected",
    ["regression", "flaky", "unexpected-pass", "unexpected-skip", "lost"],
  ],
  ["known", "known bugs", ["known"]],
  ["skipped", "skipped", ["skipped"]],
  ["ok", "passed", ["ok"]],
];

export function Results({ run }: { run: Run }) {
  if (run.cases.length === 0) return null;
  const unexpected = new Set(unexpectedCases(run));
  return (
    <Section id="results" title="All results">
      <Controls run={run} />
      <table class="lined results">
        <thead>
          <tr>
            <th scope="col">
              <span class="unseen">verdict</span>
            </th>
            <th scope="col">case</th>
            <th scope="col">must hold</th>
            <th scope="col" class="number">
              took
            </th>
          </tr>
        </thead>
        <tbody>
          {run.cases.map((one) => (
            <Row key={anchorOf(run, one)} run={run} one={one} explained={unexpected.has(one)} />
          ))}
        </tbody>
      </table>
    </Section>
  );
}

/** Of use only where the page's script runs, which shows them. */
function Controls({ run }: { run: Run }) {
  const suites = [...new Set(run.cases.map(({ suite }) => suite))];
  const kinds = new Set(run.cases.map(markKind));
  return (
    <form class="controls" id="filters" hidden>
      <label>
        Text <input type="search" name="text" placeholder="swap dontneed" autocomplete="off" />
      </label>
      <label>
        Suite{" "}
        <select name="suite">
          <option value="">all</option>
          {suites.map((suite) => (
            <option key={suite} value={suite}>
              {suite}
            </option>
          ))}
        </select>
      </label>
      <fieldset>
        <legend class="unseen">Outcome</legend>
        {FILTERS.filter(([, , of]) => of.some((kind) => kinds.has(kind))).map(([name, words]) => (
          <label key={name}>
            <input type="checkbox" name="outcome" value={name} /> {words}
          </label>
        ))}
      </fieldset>
      <output class="dim" aria-live="polite" />
    </form>
  );
}

function Row({ run, one, explained }: { run: Run; one: RunCase; explained: boolean }) {
  const kind = markKind(one);
  const group = FILTERS.find(([, , of]) => of.includes(kind))?.[0] ?? "ok";
  const said = briefReason(one.reason) || one.because;
  const name = caseName(run, one);
  // The anchor of an explained case is its explanation.
  return (
    <tr id={explained ? undefined : anchorOf(run, one)} data-suite={one.suite} data-outcome={group}>
      <td>
        <Mark kind={kind} />
      </td>
      <td class="id">{explained ? <a href={`#${anchorOf(run, one)}`}>{name}</a> : name}</td>
      <td>
        {one.title}
        {said && <span class="said">{said}</span>}
      </td>
      <td class="number">{durationWords(one.durationMs)}</td>
    </tr>
  );
}
