import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import t from "tap";
import { createDecoder } from "../../harness/klog/decode.ts";
import type { Finding } from "../../harness/klog/finding.ts";
import { mustRun } from "../../harness/process/tool.ts";

const MAIN = "void zap(void);\nvoid start_kernel(void) { zap(); }\n";
const ZAP = "volatile int pte;\n\nvoid zap(void)\n{\n\tpte = 1;\n}\n";

/** A program with the function that every kernel has, in a tree like a kernel's. */
async function buildVmlinux(directory: string, ...flags: string[]): Promise<string> {
  for (const name of ["init", "mm"]) mkdirSync(join(directory, name), { recursive: true });
  writeFileSync(join(directory, "init/main.c"), MAIN);
  writeFileSync(join(directory, "mm/zap.c"), ZAP);
  const out = join(directory, "vmlinux");
  const sources = ["init/main.c", "mm/zap.c"].map((name) => join(directory, name));
  await mustRun("gcc", [
    ...flags,
    "-O0",
    "-nostdlib",
    "-Wl,-e,start_kernel",
    "-o",
    out,
    ...sources,
  ]);
  return out;
}

function finding(...lines: string[]): Finding {
  return {
    title: "WARNING in zap",
    kind: "warning",
    line: 1,
    endLine: 9,
    corrupted: false,
    count: 1,
    lines,
  };
}

t.test("a trace is told in lines of the source", async (t) => {
  const decoder = createDecoder(await buildVmlinux(t.testdir(), "-g"));
  const [decoded] = await decoder.decode([
    finding(
      "WARNING: mm/zap.c:5 at zap+0x0/0x10, CPU#0: case/5",
      "Call Trace:",
      " zap+0x5/0x10",
      " ? start_kernel+0x3/0x10",
      " zap+0x5/0x10 [module]",
      " nobody+0x5/0x10",
    ),
  ]);
  t.match(decoded?.lines, [
    "WARNING: mm/zap.c:5 at zap+0x0/0x10 (mm/zap.c:4), CPU#0: case/5",
    "Call Trace:",
    " zap+0x5/0x10 (mm/zap.c:5)",
    " ? start_kernel+0x3/0x10 (init/main.c:2)",
    " zap+0x5/0x10 [module]",
    " nobody+0x5/0x10",
  ]);
});

t.test("without debug info, without a vmlinux, or with something else: as it was", async (t) => {
  const stripped = await buildVmlinux(t.testdir());
  const one = finding(" zap+0x5/0x10");
  for (const vmlinux of [stripped, undefined, "/nonexistent", import.meta.filename]) {
    t.same(await createDecoder(vmlinux).decode([one]), [one]);
  }
});
