import { writeFileSync } from "node:fs";
import { join } from "node:path";
import t from "tap";
import { make } from "../../../harness/kernel/build/make.ts";

t.test("ccache keeps as much as the user allows", async (t) => {
  const script = '#!/bin/sh\necho "$CCACHE_DIR $CCACHE_MAXSIZE"\n';
  const top = t.testdir({ bin: {}, src: {}, build: {} });
  writeFileSync(join(top, "bin", "make"), script, { mode: 0o755 });
  Object.assign(process.env, {
    PATH: `${join(top, "bin")}:${process.env.PATH}`,
    CCACHE_DIR: "/mine",
  });
  const said = async () => (await make({ src: join(top, "src"), build: top }, [])).stdout.trim();
  delete process.env.CCACHE_MAXSIZE;
  t.equal(await said(), "/mine 20G");
  process.env.CCACHE_MAXSIZE = "1G";
  t.equal(await said(), "/mine 1G");
});
