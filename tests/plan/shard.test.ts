import fc from "fast-check";
import t from "tap";
import { takeShard } from "../../harness/plan/shard.ts";

const cases = (ids: readonly string[]) => ids.map((id) => ({ id }));
const idsOf = (shard: readonly { id: string }[]) => shard.map(({ id }) => id);

t.test("shards are disjoint, complete, and differ by one case at most", async () => {
  const ids = fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 4, maxLength: 60 });
  fc.assert(
    fc.property(ids, fc.integer({ min: 1, max: 4 }), (ids, count) => {
      const shards = Array.from({ length: count }, (_, i) =>
        idsOf(takeShard(cases(ids), `${i + 1}/${count}`)),
      );
      const sizes = shards.map((shard) => shard.length);
      return (
        shards.flat().sort().join() === [...ids].sort().join() &&
        Math.max(...sizes) - Math.min(...sizes) <= 1
      );
    }),
  );
});

t.test(
  "which cases a shard has does not depend on their order, and the order is kept",
  async (t) => {
    const ids = ["c", "a", "d", "b"];
    t.same(idsOf(takeShard(cases(ids), "1/2")), ["c", "a"]);
    t.same(idsOf(takeShard(cases([...ids].reverse()), "1/2")), ["a", "c"]);
    t.same(idsOf(takeShard(cases(ids), "2/2")), ["d", "b"]);
    t.same(idsOf(takeShard(cases(ids), undefined)), ids);
  },
);

t.test("a shard that is not there, or is empty, is a mistake", async (t) => {
  t.throws(() => takeShard(cases(["a"]), "3/2"), { message: /there are only 2 shards/ });
  t.throws(() => takeShard(cases(["a"]), "2/2"), { message: /has no case: there are only 1/ });
});
