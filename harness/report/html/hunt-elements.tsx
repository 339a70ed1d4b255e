// What the pages of hunts share: their runs lie in folders below the hunt's own.
import type { Answer } from "../../hunt/ask.ts";
import { Badge } from "./elements.tsx";

/** The page of one of the hunt's runs. */
export function RunLink({ run }: { run: string }) {
  return (
    <a class="id" href={`${encodeURIComponent(run)}/report.html`}>
      {run}
    </a>
  );
}

/** The cells of what a kernel has answered: the verdict, why, and the run that it rests on. */
export function AnswerCells({ answer }: { answer: Answer }) {
  const { verdict, why, reused, run } = answer;
  return (
    <>
      <td>
        <Badge status={verdict} />
      </td>
      <td>
        {why || "as expected"}
        {reused && <span class="said">the same kernel as before</span>}
      </td>
      <td>
        <RunLink run={run} />
      </td>
    </>
  );
}
