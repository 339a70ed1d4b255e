// Which cases can notice which mutant, and in what order they are asked.
import t from "tap";
import { casesReaching, inOrderOfPromise } from "../../harness/mutants/hit-map.ts";
import { differences } from "../../harness/mutants/observation.ts";

const hits = (text: string) =>
  new Map(
    text
      .split(" ")
      .filter(Boolean)
      .map((word) => [Number.parseInt(word, 10), { differs: word.endsWith("!") }] as const),
  );

const row = (text: string, durationMs: number) => ({
  outcomes: new Map([["x", "pass" as const]]),
  splats: [],
  hits: hits(text),
  durationMs,
});

const MAP = new Map([
  ["broad", row("1! 2! 3!", 10)],
  ["slow", row("1!", 50)],
  ["quick", row("1!", 20)],
  ["blind", row("1 4", 10)],
]);

t.test("a case that reaches a guard without a difference can't notice", async (t) => {
  t.same(casesReaching(MAP, 1).reaching, ["broad", "slow", "quick", "blind"]);
  t.same(casesReaching(MAP, 1).differing, ["broad", "slow", "quick"]);
  t.same(casesReaching(MAP, 9), { reaching: [], differing: [] });
});

t.test("the most specific and quickest is asked first", async (t) => {
  t.same(inOrderOfPromise(MAP, ["broad", "slow", "quick"]), ["quick", "slow", "broad"]);
});

t.test("an operation has its second turn when each has had its first", async (t) => {
  const map = new Map([
    ["anon/present/fork", row("1!", 10)],
    ["shmem/present/fork", row("1!", 20)],
    ["shmem/swap/fork", row("1!", 30)],
    ["anon/present/zap/all", row("1! 2!", 10)],
    ["anon/swap/zap/all", row("1! 2!", 20)],
  ]);
  t.same(inOrderOfPromise(map, [...map.keys()]), [
    "anon/present/fork",
    "anon/present/zap/all",
    "shmem/present/fork",
    "anon/swap/zap/all",
    "shmem/swap/fork",
  ]);
});

t.test("only outcomes count, and a missing result is a difference", async (t) => {
  const usual = {
    outcomes: new Map([
      ["a", "pass" as const],
      ["b", "skip" as const],
    ]),
  };
  t.same(differences(usual, usual), []);
  t.same(differences(usual, { outcomes: new Map([["a", "fail" as const]]) }), ["a", "b"]);
});
