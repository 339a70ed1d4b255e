// What apt has answered is remembered, as long as it can be read.
import { mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import t from "tap";
import { newestPackages } from "../../../harness/kernel/source/apt.ts";
import { silent } from "../../../harness/process/progress.ts";

/** Counts how often it is asked for versions. */
const APT_CACHE = `#!/bin/sh
case "$*" in
*madison*) echo >> "$ASKED"; echo "linux-source-6.1 | 6.1.9-1 | a mirror" ;;
*) echo linux-source-6.1 ;;
esac
`;

t.test("an answer that was cut short is asked for again", async (t) => {
  const top = t.testdir({ bin: {}, cache: {} });
  writeFileSync(join(top, "bin", "apt-cache"), APT_CACHE, { mode: 0o755 });
  const asked = join(top, "asked");
  process.env.PATH = `${join(top, "bin")}:${process.env.PATH}`;
  process.env.ASKED = asked;
  process.env.UFFDWP_CACHE = join(top, "cache");
  const apt = join(top, "cache", "apt");
  mkdirSync(apt);
  // The lists are fresh: no mirror is asked.
  writeFileSync(join(apt, "refreshed"), "");
  const ask = () => newestPackages(/^linux-source-6\.1$/, silent);
  const newest = [{ name: "linux-source-6.1", version: "6.1.9-1" }];
  t.same(await ask(), newest);
  t.same(await ask(), newest);
  t.equal(readFileSync(asked, "utf8").length, 1, "what was answered is not asked again");
  const [answer = ""] = readdirSync(join(apt, "answers"));
  for (const length of [10, 0]) {
    truncateSync(join(apt, "answers", answer), length);
    t.same(await ask(), newest);
  }
  t.equal(readFileSync(asked, "utf8").length, 3);
});
