// What spatch has made of a text is remembered, as long as it can be read.
import { readdirSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import t from "tap";
import { spatch } from "../../harness/mutants/spatch.ts";

const SPATCH = `#!/bin/sh
test "$1" = --version && exec echo "spatch version 1"
sed -i s/before/after/ mm/memory.c
`;

t.test("a text that was cut short is made again", async (t) => {
  const top = t.testdir({ bin: {}, cache: {} });
  writeFileSync(join(top, "bin", "spatch"), SPATCH, { mode: 0o755 });
  process.env.PATH = `${join(top, "bin")}:${process.env.PATH}`;
  process.env.UFFDWP_CACHE = join(top, "cache");
  const patch = () => spatch("@@ @@\n- before\n+ after\n", "before\n", "mm/memory.c");
  t.same(await patch(), { text: "after\n" });
  const store = join(top, "cache", "store", "spatch");
  const [kept = ""] = readdirSync(store);
  for (const length of [5, 0]) {
    truncateSync(join(store, kept), length);
    t.same(await patch(), { text: "after\n" });
  }
});
