import t from "tap";
import { warningsOf } from "../../harness/hunt/warnings.ts";

const LOG = `  CC      mm/memory.o
../../src/mm/memory.c: In function 'zap_pte_range':
../../src/mm/memory.c:1402:13: warning: unused variable 'x' [-Wunused-variable]
 1402 |         int x;
      |             ^
../../src/mm/memory.c:1502:13: warning: unused variable 'x' [-Wunused-variable]
mm/swap.o: warning: objtool: f+0x1: unreachable instruction
WARNING: modpost: vmlinux.o: section mismatch in reference: f
  LD      vmlinux
`;

t.test(
  "compiler, objtool and modpost complain; each complaint counts once in a file",
  async (t) => {
    t.same(warningsOf(LOG), [
      "mm/memory.c: unused variable 'x' [-Wunused-variable]",
      "warning: objtool: f+0x1: unreachable instruction",
      "WARNING: modpost: vmlinux.o: section mismatch in reference: f",
    ]);
  },
);

t.test("a build without a complaint has none", async (t) => {
  t.same(warningsOf("  CC      mm/memory.o\n  LD      vmlinux\n"), []);
});
