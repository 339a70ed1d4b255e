// A bar a run: as high as the case took long, in the colour of how it came out.
import type { CaseHistory } from "../history/case-history.ts";
import { durationWords } from "../report/words.ts";

const SHOWN = 200;
const HEIGHT = 80;
const STEP = 5;

export function Trend({ runs }: Pick<CaseHistory, "runs">) {
  const shown = runs.slice(-SHOWN);
  const longest = Math.max(1, ...shown.map(({ durationMs }) => durationMs));
  return (
    <figure class="trend">
      <svg
        role="img"
        aria-label={`Durations of the last ${shown.length} runs, up to ${durationWords(longest)}`}
        viewBox={`0 0 ${SHOWN * STEP} ${HEIGHT}`}
      >
        {shown.map(({ run, outcome, durationMs }, index) => {
          const height = Math.max(3, (durationMs / longest) * HEIGHT);
          return (
            <rect
              key={run}
              class={outcome}
              x={index * STEP}
              y={HEIGHT - height}
              width={STEP - 1}
              height={height}
            >
              <title>{`${run}: ${outcome}, ${durationWords(durationMs)}`}</title>
            </rect>
          );
        })}
      </svg>
      <figcaption class="dim">
        The latest {shown.length} runs, the oldest left; the highest bar is {durationWords(longest)}
        .
      </figcaption>
    </figure>
  );
}
