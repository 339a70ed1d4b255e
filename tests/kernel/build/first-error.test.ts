import t from "tap";
import { firstError } from "../../../harness/kernel/build/first-error.ts";

t.test("the first compiler error stands alone", async (t) => {
  const output = `  CC      mm/mlock.o
  CC      mm/memory.o
mm/memory.c: In function 'zap_pte_range':
mm/memory.c:1423:17: error: 'nonsense' undeclared (first use in this function)
 1423 |                 nonsense(pte);
      |                 ^~~~~~~~
mm/memory.c:1423:17: note: each undeclared identifier is reported only once
  CC      mm/mmap.o
make[3]: *** [scripts/Makefile.build:250: mm/memory.o] Error 1
mm/mmap.c:12:1: error: unknown type name 'foo'
`;
  t.equal(firstError(output), output.split("\n").slice(2, 6).join("\n"));
});

t.test("a linker's error is found", async (t) => {
  t.match(
    firstError(
      "  LD      vmlinux\nld: mm/memory.o: in function `f':\nmemory.c:(.text+0x1): undefined reference to `g'\nmake: *** [Makefile:1] Error 2\n",
    ),
    /undefined reference to `g'/,
  );
});

t.test("where nothing looks like an error, the last lines must do", async (t) => {
  t.equal(firstError("one\n\ntwo\n"), "one\ntwo");
});
