import t, { type Test } from "tap";
import { InterruptedError } from "../../harness/errors.ts";
import type { Guest, GuestRun } from "../../harness/guest/guest.ts";
import type { Finding } from "../../harness/klog/finding.ts";
import type { Outcome } from "../../harness/session/outcome.ts";
import type { SessionPlan } from "../../harness/session/session.ts";

const DESCRIPTION = {
  suite: "s",
  program: "/cases/s",
  mapping: "m",
  form: "f",
  operation: "o",
  title: "",
  needs: [],
  results: "one",
} as const;

function finding(title: string, kind = "warning"): Finding {
  return { title, kind, line: 1, endLine: 1, lines: [title], corrupted: false, count: 1 };
}

const ENDED = { kind: "ended", exitCode: 0, signal: undefined, timedOut: false } as const;
const LOST = { kind: "lost", how: "died", reason: "QEMU ended" } as const;

function passed(id: string): GuestRun {
  const output = `KTAP version 1\n1..1\nok 1 ${id}\n`;
  return { ...ENDED, output, durationMs: 1, findings: [], began: true, stray: [], usable: true };
}

const idle = { durationMs: 1, output: "", findings: [], began: false, usable: false };

type Behaviour = (id: string) => GuestRun;
type Boot = Behaviour | { readonly fails: readonly Finding[] };

/** Runs cases in guests that behave, one after the other, as told; the last goes on for ever. */
async function session(t: Test, boots: readonly Boot[], plan: Partial<SessionPlan> = {}) {
  const real = await import("../../harness/guest/boot.ts");
  const told: string[] = [];
  let number = -1;
  const bootGuestPatiently: typeof real.bootGuestPatiently = async (_k, _i, _m, options) => {
    number = options.nextGuest();
    const boot = boots[Math.min(number, boots.length - 1)] as Boot;
    if ("fails" in boot) {
      const failure = new real.BootFailure("it does not boot", boot.fails);
      await options.bootFailed(number, failure.message, failure.findings);
      throw failure;
    }
    const guest: Guest = {
      number,
      bootMs: 1,
      bootFindings: [],
      close: async () => [],
      identity: { release: "6.1.0", buildId: "", config: "", features: 0n },
      run: async ({ args }) => boot(args[0] as string),
    };
    return guest;
  };
  const { runSession } = (await t.mockImport("../../harness/session/session.ts", {
    "../../harness/guest/boot.ts": { ...real, bootGuestPatiently },
  })) as typeof import("../../harness/session/session.ts");
  const outcomes: Outcome[] = [];
  const turns = ["a", "b", "c"].map((id) => ({
    description: { ...DESCRIPTION, id, args: [id] },
    repetition: 0,
  }));
  const whole = { turns, guests: 1, firstGuest: 0, directory: t.testdir(), ...plan };
  const limits = { run: 60_000, boot: 1000, case: 1000 };
  const kernel = { release: "6.1.0" };
  const error = await runSession({ kernel, limits, ...whole } as unknown as SessionPlan, {
    guestBegan: async (guest) => void told.push(`guest ${guest.number}`),
    bootFailed: async (number) => void told.push(`failed ${number}`),
    caseBegan: async ({ description }, guest) => void told.push(`${description.id} in ${guest}`),
    outcome: async (outcome) => void outcomes.push(outcome),
    strayFinding: async ({ title, allowed }, guest) =>
      void told.push(`${title} of ${guest}${allowed === undefined ? "" : ", allowed"}`),
  }).catch((error: Error) => error);
  return { told, error, outcomes: outcomes.map(({ id, outcome }) => `${id} ${outcome}`) };
}

t.test("a case that its guest did not live to begin is run in a fresh one", async (t) => {
  const dies = (id: string): GuestRun =>
    id === "b" ? { ...LOST, ...idle, stray: [finding("kernel panic", "panic")] } : passed(id);
  const { told, outcomes } = await session(t, [dies, passed]);
  t.same(outcomes, ["a pass", "b pass", "c pass"]);
  t.same(told, ["guest 0", "a in 0", "b in 0", "kernel panic of 0", "guest 1", "b in 1", "c in 1"]);
});

t.test("but not for ever", async (t) => {
  const dies = (id: string): GuestRun =>
    id === "b" ? { ...LOST, ...idle, stray: [] } : passed(id);
  const { outcomes } = await session(t, [dies]);
  t.same(outcomes, ["a pass", "b crash", "c pass"]);
});

t.test("a guest that can't be trusted any more is replaced", async (t) => {
  const lags = (id: string): GuestRun => ({ ...passed(id), usable: id !== "a" });
  const warns = (id: string): GuestRun => ({ ...passed(id), stray: [finding("WARNING in f")] });
  const { told, outcomes } = await session(t, [lags, warns, passed]);
  t.same(outcomes, ["a pass", "b pass", "c pass"]);
  t.same(told, [
    "guest 0",
    "a in 0",
    "guest 1",
    "b in 1",
    "WARNING in f of 1",
    "guest 2",
    "c in 2",
  ]);
});

t.test("what a boot that fails says is nobody's, and goes through the allow list", async (t) => {
  const fails = [finding("WARNING in f"), finding("kernel panic: no init", "panic")];
  const allows = (title: string, release: string) =>
    title === "WARNING in f" && release === "6.1.0" ? "known" : undefined;
  const alone = await session(t, [{ fails }], { allows });
  t.match(alone.error, { message: "it does not boot", stage: "boot" });
  t.same(alone.told, ["failed 0", "WARNING in f of 0, allowed", "kernel panic: no init of 0"]);

  const beside = await session(t, [{ fails }, passed], { allows, guests: 2 });
  t.equal(beside.error, undefined, "another guest has done the work");
  t.same(beside.outcomes, ["a pass", "b pass", "c pass"]);
  t.ok(beside.told.includes("kernel panic: no init of 0"), "and yet the panic is told");
});

t.test("once the run's time is over no case begins, and each is told as not run", async (t) => {
  const limits = { run: 0, boot: 1000, case: 1000 };
  const never = await session(t, [passed], { limits });
  t.equal(never.error, undefined);
  t.same(never.outcomes, ["a not-run", "b not-run", "c not-run"]);
  t.same(never.told, [], "no guest is booted for nothing");

  const slow = (id: string): GuestRun => {
    for (const begun = performance.now(); performance.now() - begun < 60; );
    return passed(id);
  };
  const { outcomes, told } = await session(t, [slow], { limits: { ...limits, run: 50 } });
  t.same(outcomes, ["a pass", "b not-run", "c not-run"]);
  t.same(told, ["guest 0", "a in 0"]);
});

t.test("who is stopped is told so, also where a guest beside it did not come up", async (t) => {
  const stopped = new InterruptedError("SIGINT");
  const lost = (id: string): GuestRun => ({ ...passed(id), usable: false });
  const interrupted = () => {
    throw stopped;
  };
  const boots = [lost, interrupted, { fails: [finding("kernel panic: no init", "panic")] }];
  const { error, outcomes } = await session(t, boots, { guests: 2 });
  t.equal(error, stopped);
  t.same(outcomes, ["a pass"], "the others are left for a resume");
});
