// The hit map in the store: all that a later campaign compares with, and cases that are gone.
import { truncateSync } from "node:fs";
import { join } from "node:path";
import t from "tap";
import { recallHitMap, rememberHitMap } from "../../harness/mutants/kept-hit-map.ts";
import { baseline, mapped } from "./stands.ts";

t.before(() => {
  process.env.UFFDWP_CACHE = t.testdir();
});

t.test("what is kept is what is recalled", async (t) => {
  t.equal((await recallHitMap("none")).size, 0);
  const [id, hits] = mapped("a", "fail", "1! 2");
  const map = new Map([[id, { ...hits, splats: ["WARNING in f"] }]]);
  await rememberHitMap("key", map);
  t.same(await recallHitMap("key"), map);
});

t.test("a case that was distrusted has to be mapped again", async (t) => {
  const trusted = baseline(mapped("a", "pass"), mapped("b", "pass"));
  await trusted.distrust("a");
  await trusted.distrust("a");
  t.same(trusted.distrusted, ["a"]);
  await rememberHitMap("key", trusted.map);
  t.same([...(await recallHitMap("key")).keys()], ["b"]);
});

t.test("a hit map that was cut short is made again", async (t) => {
  await rememberHitMap("cut", new Map([mapped("a", "pass", "1")]));
  truncateSync(join(process.env.UFFDWP_CACHE as string, "store", "hit-maps", "cut.json"), 20);
  t.equal((await recallHitMap("cut")).size, 0);
});
