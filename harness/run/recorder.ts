// Keeps a run: what a session tells becomes verdicts, and these lines of the journal.

import { createDecoder } from "../klog/decode.ts";
import { type Journal, now } from "../record/journal.ts";
import type { Outcome } from "../session/outcome.ts";
import type { SessionListener } from "../session/session.ts";
import { judgeAgainst } from "../verdict/baseline.ts";
import { expectationFor } from "../verdict/expectation.ts";
import { judge } from "../verdict/judge.ts";
import { type KernelFacts, kernelFacts } from "../verdict/kernel-facts.ts";
import { remarkOn } from "../verdict/remark.ts";
import type { Verdict } from "../verdict/verdict.ts";
import type { ConfirmationListener } from "./confirm.ts";
import type { RunView } from "./recorded-run.ts";
import type { Scene } from "./scene.ts";

/** Who keeps the cases as they come, and who keeps those that are run again. */
export interface Recorders {
  readonly listener: SessionListener;
  readonly confirming: ConfirmationListener;
}

/**
 * @param config the kernel's options, where its build left them
 * @param of how many turns there are
 */
export function createRecorders(
  { job, kernel, suites, machine, baseline }: Scene,
  config: string | undefined,
  of: number,
  journal: Journal,
  view: RunView,
): Recorders {
  const factsOfGuest = new Map<number, KernelFacts>();
  const decoder = createDecoder(kernel.vmlinux);
  let done = 0;
  async function judged(outcome: Outcome): Promise<Verdict> {
    const facts = factsOfGuest.get(outcome.guest) ?? [...factsOfGuest.values()][0];
    const suite = suites.of(outcome.suite);
    const decoded = { ...outcome, findings: await decoder.decode(outcome.findings) };
    const plain = judge(decoded, expectationFor(outcome.id, facts, suite));
    return judgeAgainst(baseline, remarkOn(plain, facts, suite));
  }
  const listener: SessionListener = {
    async guestBegan({ number, identity, bootMs }) {
      factsOfGuest.set(number, kernelFacts(identity, config));
      view.status(`guest ${number} is up after ${(bootMs / 1000).toFixed(1)} s (${machine.boot})`);
      await journal.append({ event: "guest", time: now(), number, bootMs: Math.round(bootMs) });
    },
    async bootFailed(number, reason) {
      view.note(`guest ${number} did not come up: ${reason.split("\n")[0]}`);
      await journal.append({ event: "boot-failed", time: now(), number, reason });
    },
    async caseBegan({ description, repetition }, guest) {
      const { id } = description;
      view.began?.(id, guest);
      await journal.append({ event: "begin", time: now(), id, repetition, guest });
    },
    async outcome(outcome) {
      const verdict = await judged(outcome);
      await journal.append({ event: "verdict", time: now(), verdict });
      if (!outcome.resultOf) done++;
      view.verdict(verdict, { done, of });
    },
    async strayFinding(finding, guest) {
      const { title, allowed } = finding;
      const why = allowed === undefined ? "" : ` (allowed: ${allowed})`;
      view.note(`the kernel says outside of cases: ${title}${why}`);
      for (const one of await decoder.decode([finding])) {
        await journal.append({ event: "finding", time: now(), guest, finding: one });
      }
    },
  };
  const confirming: ConfirmationListener = {
    ...listener,
    roundBegan(round, cases) {
      const what = cases === 1 ? "a failure" : `${cases} failures`;
      view.status(`running ${what} again in a fresh guest, ${round} of ${job.confirm}`);
    },
    async caseBegan() {},
    async outcome(outcome) {
      const verdict = await judged(outcome);
      await journal.append({ event: "confirmation", time: now(), verdict });
    },
  };
  return { listener, confirming };
}
