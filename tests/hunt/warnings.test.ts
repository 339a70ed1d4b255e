import t from "tap";
import { warningsOf } from "../../harness/hunt/warnings.ts";

const LOG = `  CC      mm/memory.o
../../src/mm/memory.c: In function 'zap_pte_range':
../../src/mm/memory.c:1402:13: warning: unused variable 'x' [-Wunused-variable]
 1402 |         int x;
      |             ^
../../src/mm/memory.c:1502:13: warning: unused variable 'x' [-Wunused-variable]
mm/swap.o: warning: objtool: f+0x1: unreachable instruction
mm/swap.o: warning: objtool: f+0x1c: unreachable instruction
WARNING: modpost: vmlinux.o: section mismatch in reference: f+0x10 (section: .text) -> g (section: .init.text)
  LD      vmlinux
`;

t.test(
  "compiler, objtool and modpost complain; each complaint counts once in a file",
  async (t) => {
    t.same(warningsOf(LOG), [
      "mm/memory.c: unused variable 'x' [-Wunused-variable]",
      "warning: objtool: f: unreachable instruction",
      "WARNING: modpost: vmlinux.o: section mismatch in reference: f (section: .text) -> g (section: .init.text)",
    ]);
  },
);

t.test("a build without a complaint has none", async (t) => {
  t.same(warningsOf("  CC      mm/memory.o\n  LD      vmlinux\n"), []);
});
