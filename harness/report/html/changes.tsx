// What is new: this run held against the one before it, in which most things are usually the same.
import type { Run } from "../../record/run-schema.ts";
import type { CaseChange, Comparison } from "../../verdict/comparison.ts";
import { anchorOf } from "./anchor.ts";
import { Section } from "./elements.tsx";

/** More names than anybody reads in a list; the others stand among the results. */
const NAMED = 30;

export interface Changes {
  readonly before: Run;
  readonly comparison: Comparison;
}

export function ChangesSection({ run, changes }: { run: Run; changes: Changes }) {
  const { before, comparison } = changes;
  const { worse, better, changed, gone, findings } = comparison;
  const same = worse.length + better.length + changed.length + comparison.new.length === 0;
  return (
    <Section id="changes" title="Against the run before">
      <p>
        <span class="id">{before.id}</span> on {before.kernel.release} ({before.status}).{" "}
        {same && findings.new.length === 0 && "Nothing has changed."}
      </p>
      <List title="Worse" run={run} changes={worse} />
      <List title="Better" run={run} changes={better} />
      <List title="Different" run={run} changes={changed} />
      {findings.new.length > 0 && (
        <p>The kernel complains for the first time: {findings.new.join("; ")}</p>
      )}
      {comparison.new.length > 0 && <p class="dim">{comparison.new.length} cases are new.</p>}
      {gone.length > 0 && <p class="dim">{gone.length} cases of then were not asked for.</p>}
    </Section>
  );
}

function List(props: { title: string; run: Run; changes: readonly CaseChange[] }) {
  const { title, run, changes } = props;
  if (changes.length === 0) return null;
  return (
    <>
      <h3>
        {title} ({changes.length})
      </h3>
      <ul class="changes">
        {changes.slice(0, NAMED).map((change) => (
          <li key={change.case}>
            <CaseLink run={run} id={change.case} />{" "}
            <span class="dim">
              {change.fromOutcome} → {change.toOutcome}
            </span>
          </li>
        ))}
        {changes.length > NAMED && <li class="dim">and {changes.length - NAMED} more</li>}
      </ul>
    </>
  );
}

function CaseLink({ run, id }: { run: Run; id: string }) {
  const one = run.cases.find((each) => each.id === id);
  return one ? (
    <a class="id" href={`#${anchorOf(run, one)}`}>
      {id}
    </a>
  ) : (
    <span class="id">{id}</span>
  );
}
