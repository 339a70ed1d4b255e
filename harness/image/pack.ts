// Packs a root as an initramfs.
import { readdir } from "node:fs/promises";
import { join, relative } from "node:path";
import { mustRun } from "../process/tool.ts";

/**
 * Writes a root as a newc archive, uncompressed (unpacking costs more than loading), in sorted
 * order and owned by root, so that equal roots make equal archives. The format is that of
 * Documentation/driver-api/early-userspace/buffer-format.rst.
 */
export async function packInitramfs(root: string, archive: string): Promise<void> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const names = entries.map((entry) => relative(root, join(entry.parentPath, entry.name))).sort();
  const options = ["--create", "--format=newc", "--reproducible", "--owner=+0:+0", "--quiet"];
  await mustRun("cpio", [...options, "--null", `--file=${archive}`], {
    cwd: root,
    input: `${names.join("\0")}\0`,
  });
}
