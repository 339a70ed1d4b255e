import { join } from "node:path";
import t from "tap";
import {
  type AllowedFinding,
  allowListSchema,
  readAllowLists,
  whyAllowed,
} from "../../harness/verdict/allow-list.ts";

const STALL: AllowedFinding = {
  title: "INFO: rcu detected stall in *",
  since: "6.1",
  until: "6.12",
  why: "slow",
};

t.test("an allowed finding is one of the kernels that it is known of", async (t) => {
  const why = (release: string) => whyAllowed([STALL], "INFO: rcu detected stall in a", release);
  t.equal(why("6.1.192"), "slow");
  t.equal(why("6.11.9"), "slow");
  t.equal(why("6.12.0"), undefined);
  t.equal(why("5.15.1"), undefined);
});

t.test("a title is whole, and only * is special in it", async (t) => {
  const allows = (title: string, found: string) =>
    whyAllowed([{ title, why: "known" }], found, "6.1.0") !== undefined;
  t.ok(allows("WARNING in a", "WARNING in a"));
  t.notOk(allows("WARNING in a", "WARNING in a/b"));
  t.notOk(allows("WARNING in a", "KASAN: WARNING in a"));
  t.ok(allows("KCSAN: data-race in * / zap", "KCSAN: data-race in fault / zap"));
  t.ok(allows("*[unmount of ext4]", "BUG: Dentry still in use [unmount of ext4]"));
  t.notOk(allows("WARN.NG in a", "WARNING in a"));
  t.notOk(allows("ab*ba", "aba"), "what stands before and behind may not overlap");
  t.ok(allows("a*b*c*d", "axbxxcxd"));
  t.notOk(allows("a*c*b*d", "axbxxcxd"));
});

t.test("each entry gives its reason, and none allows everything", async (t) => {
  const accepts = (allow: unknown) => allowListSchema.safeParse({ allow }).success;
  t.ok(accepts([{ title: "WARNING in a", why: "harmless" }]));
  t.notOk(accepts([{ title: "WARNING in a" }]));
  t.notOk(accepts([{ title: "WARNING in a", why: "" }]));
  t.notOk(accepts([{ title: "**", why: "peace" }]));
  t.notOk(accepts([{ title: "a", why: "b", kernel: "6.1" }]));
});

t.test("ours comes first, then a person's own; a mistake is named with its place", async (t) => {
  const ours = await readAllowLists([]);
  const directory = t.testdir({
    "own.yaml": 'allow:\n  - title: "WARNING in a"\n    why: ours alone\n',
    "wrong.yaml": "allow:\n  - title: WARNING in a\n",
  });
  const both = await readAllowLists([join(directory, "own.yaml")]);
  t.strictSame(both, [...ours, { title: "WARNING in a", why: "ours alone" }]);
  await t.rejects(readAllowLists([join(directory, "wrong.yaml")]), {
    name: "UsageError",
    message: /wrong\.yaml:2:/,
  });
});
