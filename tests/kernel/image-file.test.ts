// Debian's own kernels in the store: unpacked once, and again where a file was cut short.
import { mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import t from "tap";
import type { KernelRequest } from "../../harness/kernel/kernel.ts";
import { silent } from "../../harness/process/progress.ts";

const NEWEST = { name: "linux-image-6.1.0-9-amd64", version: "6.1.9-1" };
const REQUEST: KernelRequest = {
  kernel: "debian-image:6.1",
  series: [],
  kconfig: [],
  cache: true,
};

let unpacked = 0;
async function unpackPackage(_package: unknown, directory: string): Promise<void> {
  unpacked++;
  for (const name of ["boot", "lib/modules"]) {
    mkdirSync(join(directory, name), { recursive: true });
  }
  writeFileSync(join(directory, "boot", "vmlinuz-6.1.0-9-amd64"), "a whole image");
  writeFileSync(join(directory, "boot", "config-6.1.0-9-amd64"), "CONFIG_X=y\n");
}

t.test("an image that was cut short is unpacked again, not booted", async (t) => {
  process.env.UFFDWP_CACHE = t.testdir();
  const { debianImage } = (await t.mockImport("../../harness/kernel/image-file.ts", {
    "../../harness/kernel/source/apt.ts": { newestPackages: async () => [NEWEST], unpackPackage },
  })) as typeof import("../../harness/kernel/image-file.ts");
  const { image, release } = await debianImage("6.1", REQUEST, silent);
  t.equal(release, "6.1.0-9-amd64");
  await debianImage("6.1", REQUEST, silent);
  t.equal(unpacked, 1, "what is whole is used as it is");
  truncateSync(image, 3);
  t.equal((await debianImage("6.1", REQUEST, silent)).image, image);
  t.equal(readFileSync(image, "utf8"), "a whole image");
  t.equal(unpacked, 2);
  const store = join(process.env.UFFDWP_CACHE, "store", "debian-images");
  t.equal(readdirSync(store).length, 1, "the damaged one is gone");
});
