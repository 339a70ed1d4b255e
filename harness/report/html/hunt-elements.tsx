// What the pages of hunts share: their runs lie in folders below the hunt's own.

import type { ComponentChildren } from "preact";
import type { Answer } from "../../hunt/ask.ts";
import { Badge, ColumnHeads } from "./elements.tsx";

/** The page of one of the hunt's runs. */
export function RunLink({ run }: { run: string }) {
  return (
    <a class="id" href={`${encodeURIComponent(run)}/report.html`}>
      {run}
    </a>
  );
}

/** What kernels have answered, a row each: the verdict, why, and the run that it rests on. */
export function Answers<A extends Answer>(props: {
  /** What the first column says of each. */
  head: string;
  name: (answer: A) => ComponentChildren;
  answers: readonly A[];
}) {
  const { head, name, answers } = props;
  return (
    <div class="wide">
      <table class="lined">
        <ColumnHeads names={[head, "verdict", "why", "run"]} />
        <tbody>
          {answers.map((answer, i) => (
            <tr key={i}>
              <td>{name(answer)}</td>
              <td>
                <Badge status={answer.verdict} />
              </td>
              <td>
                {answer.why || "as expected"}
                {answer.reused && <span class="said">the same kernel as before</span>}
              </td>
              <td>
                <RunLink run={answer.run} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
