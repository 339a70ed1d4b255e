// Which cases a job runs, and in which order.
import type { Image } from "../image/image.ts";
import { suiteNameOf } from "../image/kselftest/spec.ts";
import type { Job } from "../plan/job.ts";
import { ownLimit } from "../plan/limits.ts";
import { selectCases, wantedResults } from "../plan/select-cases.ts";
import { takeShard } from "../plan/shard.ts";
import type { RecordedMachine } from "../record/journal-event.ts";
import type { Turn } from "../session/turn-queue.ts";

/**
 * The cases of an image that a job asks for, its shard of them.
 *
 * @throws {UsageError} when a pattern or a suite matches none
 */
export function chosenCases(image: Image, { cases: globs, suites, shard }: Job): Image["cases"] {
  const names = suites.map(suiteNameOf);
  return takeShard(selectCases(image.cases, { globs, suites: names }), shard);
}

/** Every case once, as often as the job repeats them. */
export function turnsOf(
  cases: Image["cases"],
  job: Job,
  { accel }: Pick<RecordedMachine, "accel">,
): Turn[] {
  return Array.from({ length: job.repeat }, (_, repetition) =>
    cases.map((description) => ({
      description,
      repetition,
      limit: description.limit === undefined ? undefined : ownLimit(description.limit, job, accel),
      wants: wantedResults(description.id, job.cases),
    })),
  ).flat();
}

/** Some cases first, the others as they were. */
export function inOrder(turns: readonly Turn[], first: ReadonlySet<string>): Turn[] {
  const rank = ({ description }: Turn) => (first.has(description.id) ? 0 : 1);
  return [...turns].sort((a, b) => rank(a) - rank(b));
}
