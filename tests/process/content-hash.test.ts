import fc from "fast-check";
import t from "tap";
import { hashOf, hashOfDirectory } from "../../harness/process/content-hash.ts";

t.test("parts can't run into each other", async (t) => {
  t.not(hashOf("ab", "c"), hashOf("a", "bc"));
  t.not(hashOf("1:a"), hashOf("1", "a"));
  fc.assert(
    fc.property(fc.array(fc.string()), fc.array(fc.string()), (a, b) => {
      return (hashOf(...a) === hashOf(...b)) === (JSON.stringify(a) === JSON.stringify(b));
    }),
  );
});

t.test("a directory's hash knows names and contents, and what to skip", async (t) => {
  const one = t.testdir({ a: { x: "1" }, build: { junk: "?" } });
  const before = await hashOfDirectory(one, ["build"]);
  t.equal(before, await hashOfDirectory(t.testdir({ a: { x: "1" } }), ["build"]));
  t.not(before, await hashOfDirectory(t.testdir({ a: { x: "2" } }), []));
  t.not(before, await hashOfDirectory(t.testdir({ a: { y: "1" } }), []));
});
