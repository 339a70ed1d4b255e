import fc from "fast-check";
import t from "tap";
import { minimise } from "../../harness/hunt/delta-debug.ts";

t.test("one culprit among many is found in few tries", async (t) => {
  let tries = 0;
  const all = Array.from({ length: 64 }, (_, i) => i);
  const found = await minimise(all, async (set) => {
    tries++;
    return set.includes(41) ? "fail" : "pass";
  });
  t.same(found, [41]);
  t.ok(tries <= 12, String(tries));
});

t.test("what only fails together is found together; no set is tried twice", async (t) => {
  const seen = new Set<string>();
  const all = ["a", "b", "c", "d", "e", "f", "g", "h"];
  const found = await minimise(all, async (set) => {
    t.notOk(seen.has(set.join()), set.join());
    seen.add(set.join());
    return set.includes("b") && set.includes("g") ? "fail" : "pass";
  });
  t.same([...found].sort(), ["b", "g"]);
});

t.test("sets that can't be tried are passed over", async (t) => {
  // c can't be without d.
  const found = await minimise(["a", "b", "c", "d"], async (set) => {
    if (set.includes("c") !== set.includes("d")) return "unresolved";
    return set.includes("c") ? "fail" : "pass";
  });
  t.same([...found].sort(), ["c", "d"]);
});

t.test("whatever is needed together, exactly that is left", async () => {
  const sets = fc.integer({ min: 1, max: 40 }).chain((size) =>
    fc.record({
      size: fc.constant(size),
      needed: fc.uniqueArray(fc.integer({ min: 0, max: size - 1 }), { minLength: 1 }),
    }),
  );
  await fc.assert(
    fc.asyncProperty(sets, async ({ size, needed }) => {
      const all = Array.from({ length: size }, (_, i) => i);
      const found = await minimise(all, async (set) =>
        needed.every((one) => set.includes(one)) ? "fail" : "pass",
      );
      return [...found].sort().join() === [...needed].sort().join();
    }),
  );
});
