import { join } from "node:path";
import t from "tap";
import { hashLoadedContent } from "../../../harness/kernel/build/loaded-content.ts";
import { mustRun } from "../../../harness/process/tool.ts";

/** Sections by the names that they have in a vmlinux. */
const SCRIPT = "SECTIONS { .text : { *(.text) } .data : { *(.data) } .notes : { *(.note.*) } }";

t.test("neither the build id nor debugging information is content, data is", async (t) => {
  const top = t.testdir({ "a.c": "int answer = ANSWER;\nvoid _start(void) {}\n", "a.lds": SCRIPT });
  const contentOf = async (id: string, answer: number, ...flags: string[]) => {
    const file = join(top, "vmlinux");
    const linked = ["-nostdlib", "-static", `-Wl,-T,${join(top, "a.lds")},--build-id=${id}`];
    const args = [...linked, `-DANSWER=${answer}`, ...flags, "-o", file, join(top, "a.c")];
    await mustRun("gcc", args);
    return hashLoadedContent(file);
  };
  const content = await contentOf("0x01", 42);
  t.equal(await contentOf("0x02", 42), content);
  t.equal(await contentOf("0x01", 42, "-g"), content);
  t.not(await contentOf("0x01", 43), content);
});
