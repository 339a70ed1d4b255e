import { join } from "node:path";
import t from "tap";
import { prepareKselftests } from "../../../harness/image/kselftest/prepare.ts";
import { silent } from "../../../harness/process/progress.ts";

t.test("a selftest that does not build is a build that failed, not a boot", async (t) => {
  const top = t.testdir({
    cache: {},
    linux: {
      Makefile: "headers:\n\t@echo 'a.h:1:1: error: no such type'; false\n",
      Kconfig: "",
      kernel: { "fork.c": "" },
      tools: { testing: { selftests: { mm: { Makefile: "", "uffd-unit-tests.c": "" } } } },
    },
  });
  process.env.UFFDWP_CACHE = join(top, "cache");
  const request = { kernel: join(top, "linux"), suites: ["kselftest:mm/uffd-unit-tests"] };
  await t.rejects(prepareKselftests({ ...request, series: [] }, silent), {
    name: "UntestableKernelError",
    stage: "build",
    message: "kselftest:mm/uffd-unit-tests does not build:\na.h:1:1: error: no such type",
  });
});
