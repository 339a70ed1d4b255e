// Delta debugging: from a set that fails to one of which nothing can be left out.

export type Tried = "pass" | "fail" | "unresolved";

/**
 * Zeller's ddmin ("Simplifying and Isolating Failure-Inducing Input", 2002): tries ever smaller
 * parts, and what is left without them. The result is 1-minimal: it fails, and without any one of
 * its elements it does not.
 *
 * @param failing a set that fails; the empty one must not
 * @param test is asked about each set once
 */
export async function minimise<T>(
  failing: readonly T[],
  test: (set: readonly T[]) => Promise<Tried>,
): Promise<readonly T[]> {
  const answers = new Map<string, Tried>();
  const position = new Map(failing.map((one, i) => [one, i]));
  async function fails(set: readonly T[]): Promise<boolean> {
    const key = set.map((one) => position.get(one)).join(" ");
    const answer = answers.get(key) ?? (await test(set));
    answers.set(key, answer);
    return answer === "fail";
  }

  let set = failing;
  let parts = 2;
  while (set.length >= 2) {
    const split = divide(set, parts);
    const smaller = await firstThat(split, fails);
    if (smaller) {
      [set, parts] = [smaller, 2];
      continue;
    }
    const rests = parts > 2 ? split.map((part) => set.filter((one) => !part.includes(one))) : [];
    const rest = await firstThat(rests, fails);
    if (rest) [set, parts] = [rest, Math.max(parts - 1, 2)];
    else if (parts < set.length) parts = Math.min(parts * 2, set.length);
    else break;
  }
  return set;
}

/** Into parts whose sizes differ by one at most. */
function divide<T>(set: readonly T[], parts: number): T[][] {
  return Array.from({ length: parts }, (_, i) =>
    set.slice(Math.floor((i * set.length) / parts), Math.floor(((i + 1) * set.length) / parts)),
  );
}

async function firstThat<S>(
  sets: readonly S[],
  holds: (set: S) => Promise<boolean>,
): Promise<S | undefined> {
  for (const set of sets) if (await holds(set)) return set;
  return undefined;
}
