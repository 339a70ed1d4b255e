import { join } from "node:path";
import t from "tap";
import {
  DEFAULT_FRAGMENTS,
  listFragments,
  loadFragments,
  optionsFor,
} from "../../../harness/kernel/kconfig/fragment.ts";

t.test("every fragment of ours says what it is for", async (t) => {
  for (const { name, purpose } of await listFragments()) {
    t.ok(purpose.length > 20 && !purpose.includes("CONFIG_"), name);
  }
});

t.test("the default set comes first, then what is asked for, each once", async (t) => {
  const file = join(t.testdir({ "mine.config": "# Mine.\nCONFIG_X=y\n" }), "mine.config");
  const names = (await loadFragments(["kasan", "swap", file])).map(({ name }) => name);
  t.same(names, [...DEFAULT_FRAGMENTS, "kasan", "mine"]);
});

t.test("an unknown fragment is a mistake that says what there is", async (t) => {
  await t.rejects(loadFragments(["kasna"]), {
    name: "UsageError",
    message: /no kconfig kasna; there are: .*kasan/,
  });
});

t.test("blocks of a fragment hold for the versions they name", async (t) => {
  const text = "CONFIG_A=y\n\n# since 6.2\nCONFIG_NEW=y\n\n# until 6.7\nCONFIG_OLD=y\n";
  const options = (release: string) => optionsFor({ name: "x", purpose: "", text }, release);
  t.match(options("6.1.0"), /A=y\n\n# until 6.7\nCONFIG_OLD=y/);
  t.notMatch(options("6.1.0"), /NEW/);
  t.match(options("6.2.0"), /NEW/);
  t.notMatch(options("6.7.0"), /OLD/);
});
