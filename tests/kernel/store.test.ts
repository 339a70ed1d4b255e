// Kernels in the store: one that is there whole is found, one that was cut short is none.
import { copyFileSync, existsSync, mkdirSync, truncateSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import t from "tap";
import { architecture } from "../../harness/kernel/architecture.ts";
import { findKernel, storeKernel } from "../../harness/kernel/store.ts";

const DESCRIBED = { source: "a tree", series: [], kconfig: [] };
/** Some program: a vmlinux is read as ELF. */
const ELF = "/bin/true";

t.before(() => {
  process.env.UFFDWP_CACHE = t.testdir();
});

for (const file of ["bzImage", "vmlinux", "config", "build.log", "kernel.json"]) {
  t.test(`a kernel whose ${file} was cut short is built again`, async (t) => {
    const build = t.testdir({ ".config": "CONFIG_X=y\n", "build.log": "  CC x.o\n" });
    mkdirSync(dirname(join(build, architecture.image)), { recursive: true });
    writeFileSync(join(build, architecture.image), "an image");
    copyFileSync(ELF, join(build, "vmlinux"));
    await storeKernel(file, build, "6.1.0");
    const found = await findKernel(file, DESCRIBED);
    t.match(found, { release: "6.1.0", key: file, source: "a tree" });
    const directory = dirname(found?.image as string);
    truncateSync(join(directory, file), 4);
    t.equal(await findKernel(file, DESCRIBED), undefined);
    t.notOk(existsSync(directory), "and has left its place to the next");
  });
}
