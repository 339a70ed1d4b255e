// What of a vmlinux comes into memory, as a key: kernels that differ in nothing else behave the same.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { hashOf } from "../../process/content-hash.ts";
import { withTemporaryDirectory } from "../../process/temporary.ts";
import { mustRun } from "../../process/tool.ts";

/**
 * sha256 in hex over the loaded sections as arch/x86/boot/compressed/Makefile takes them into
 * vmlinux.bin, but for .notes: the build id there also covers symbols and debugging information. The
 * banner's time, user and host are fixed by our make.
 */
export async function hashLoadedContent(vmlinux: string): Promise<string> {
  return withTemporaryDirectory(async (directory) => {
    const binary = join(directory, "vmlinux.bin");
    const sections = ["--remove-section=.notes", "--remove-section=.comment", "--strip-all"];
    await mustRun("objcopy", ["-O", "binary", ...sections, vmlinux, binary]);
    return hashOf(await readFile(binary));
  });
}
