import t from "tap";
import { HarnessError } from "../harness/errors.ts";
import { countSaves } from "../harness/watch.ts";

/** A tree whose saves and failures the test makes. */
function handmadeTree() {
  let save = () => {};
  let fail = (_: HarnessError) => {};
  const saves = countSaves({
    onChange(listener) {
      save = listener;
    },
    onFailure(listener) {
      fail = listener;
    },
  });
  return { saves, save: () => save(), fail: (error: HarnessError) => fail(error) };
}

t.test("a save ends the round that it meets, and no later one", async (t) => {
  const { saves, save } = handmadeTree();
  const first = saves.next();
  t.notOk(first.aborted);
  save();
  t.match(first, { aborted: true, reason: { name: "SupersededError" } });
  t.notOk(saves.next().aborted);
});

t.test("a tree that can't be watched any more ends the round and the loop", async (t) => {
  const { saves, fail } = handmadeTree();
  const first = saves.next();
  const error = new HarnessError("mm can't be watched.");
  fail(error);
  t.equal(first.reason, error);
  t.throws(() => saves.next(), error);

  const later = handmadeTree();
  later.saves.next();
  later.save();
  later.fail(error);
  t.throws(() => later.saves.next(), error, "a save before it does not hide it");
});
