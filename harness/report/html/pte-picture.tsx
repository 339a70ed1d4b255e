// The way of a page table entry as a small picture: a list for who listens, boxes for who looks.
import type { PteState, PteWay } from "./pte-way.ts";

export function PtePicture({ way }: { way: PteWay }) {
  const { before, operation, expected, seen } = way;
  return (
    <ol class="way" aria-label="The page table entry">
      {before.map(({ by, state }) => (
        <li key={by}>
          <Arrow by={by} />
          <Pte state={state} />
        </li>
      ))}
      <li>
        <Arrow by={operation} />
        <span class="ends">
          {expected && <Pte state={expected} kind="expected" />}
          {seen && <Pte state={seen} kind="seen" />}
          {!expected && !seen && <span class="pte">?</span>}
        </span>
      </li>
    </ol>
  );
}

function Arrow({ by }: { by: string }) {
  return (
    <span class="arrow">
      <span class="by">{by}</span>
      <span aria-hidden="true">⟶</span>
    </span>
  );
}

function Pte({ state, kind }: { state: PteState; kind?: "expected" | "seen" }) {
  return (
    <span class={`pte ${kind ?? ""}`}>
      {kind && <span class="kind">{kind}</span>} {state.form}
      {state.protected && <b>+wp</b>}
    </span>
  );
}
