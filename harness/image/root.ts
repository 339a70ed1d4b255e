// The directories of a guest's root, and /bin/sh for virtme-ng.
import { mkdir, symlink } from "node:fs/promises";
import { join } from "node:path";

/** Where init mounts something, and what programs expect to exist. */
const DIRECTORIES = ["bin", "cases", "dev", "etc", "proc", "run", "sys", "tmp"];

/** Lays out an empty root; /bin/sh is init, because virtme-ng starts a root with `init=/bin/sh`. */
export async function layOutRoot(root: string): Promise<void> {
  for (const directory of DIRECTORIES) {
    await mkdir(join(root, directory), { recursive: true });
  }
  await symlink("../init", join(root, "bin", "sh"));
}
