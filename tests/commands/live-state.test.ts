import pc from "picocolors";
import t from "tap";
import { createLiveState } from "../../harness/commands/live-state.ts";
import { usual } from "../record/sample-journal.ts";

const plain = pc.createColors(false);

const verdict = { ...usual, id: "shmem/swap/write" };

t.test("a build shows how far it is, any other status itself", async (t) => {
  const state = createLiveState(plain);
  t.same(state.lines(80, 0), []);
  state.status("building: 500 of about 1000 objects, 3 min left");
  const [line = ""] = state.lines(100, 0);
  t.match(line, /^━{12}─{12} building: 500 of about 1000 objects, 3 min left$/);
  state.status("checking out");
  t.same(state.lines(80, 0), ["checking out"]);
});

t.test(
  "cases show how many are done, how fast, what is left, and what each guest does",
  async (t) => {
    const state = createLiveState(plain);
    for (let i = 0; i < 20; i++) state.verdict(verdict, { done: i + 1, of: 100 }, i * 100);
    state.began("shmem/swap/madv-dontneed", 1, 1900);
    state.began("anon/present/write", 0, 500);
    const [bar, first, second] = state.lines(100, 2000);
    t.match(bar, /^━+─+ 20 of 100 cases, 10 a second, 8 s left$/);
    t.equal(first, "guest 0  anon/present/write 2 s");
    t.equal(second, "guest 1  shmem/swap/madv-dontneed");
    state.verdict(
      { ...verdict, outcome: "fail", verdict: "regression" },
      { done: 21, of: 100 },
      2000,
    );
    t.match(state.lines(100, 2000)[0], /21 of 100 cases, .*, 1 not as expected$/);
  },
);

t.test("no line is wider than the terminal", async (t) => {
  for (const columns of [20, 40, 80]) {
    const state = createLiveState(plain);
    state.status(`building: 1 of about 2 objects, ${"x".repeat(100)}`);
    t.ok(state.lines(columns, 0).every((line) => line.length < columns));
    state.verdict({ ...verdict, verdict: "regression" }, { done: 1, of: 2 }, 0);
    state.began("x".repeat(200), 0, 0);
    t.ok(state.lines(columns, 5000).every((line) => line.length < columns));
  }
});
