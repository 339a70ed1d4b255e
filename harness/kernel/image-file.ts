// Kernels that somebody else has built: an image by path, or Debian's own.

import { existsSync } from "node:fs";
import { mkdir, open, readdir, readFile, rm } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { UsageError } from "../errors.ts";
import { hashOf } from "../process/content-hash.ts";
import { cacheDirectory } from "../process/directories.ts";
import type { Progress } from "../process/progress.ts";
import { publishDirectory } from "../process/publish.ts";
import { hasNotedSizes, noteSizes } from "../process/sizes.ts";
import { mustRun } from "../process/tool.ts";
import { readBuildId } from "./build/build-id.ts";
import type { Kernel, KernelRequest } from "./kernel.ts";
import { newestPackages, unpackPackage } from "./source/apt.ts";

/**
 * A bzImage or a vmlinux as it stands. Its configuration is what the guest reports, if it does.
 *
 * @throws {UsageError} when the file is neither, or patches or options were asked for on top
 */
export async function imageFile(file: string, request: KernelRequest): Promise<Kernel> {
  refuseChanges(request);
  const release = await releaseOfImage(file);
  // A vmlinux tells its release only once it runs.
  const buildId = release === undefined ? await readBuildId(file) : undefined;
  if (release === undefined && !buildId) {
    throw new UsageError(`${file} is neither a bzImage nor a vmlinux.`);
  }
  if (buildId && !(await hasEntryForQemu(file))) {
    throw new UsageError(
      `QEMU can't start ${file}: it was built without CONFIG_PVH. Give its bzImage.`,
    );
  }
  return {
    release: release ?? "",
    buildId,
    image: file,
    vmlinux: buildId ? file : undefined,
    modules: modulesFor(release, request),
    config: undefined,
    configHash: "",
    buildLog: undefined,
    source: `image ${file}`,
    series: [],
    kconfig: [],
    key: hashOf(await readFile(file)),
  };
}

/**
 * Debian's own kernel of a version, with its modules, from the newest package of any suite.
 *
 * @throws {UsageError} when no suite has one
 */
export async function debianImage(
  version: string,
  request: KernelRequest,
  progress: Progress,
): Promise<Kernel> {
  refuseChanges(request);
  const escaped = version.replace(".", "\\.");
  const pattern = new RegExp(
    `^linux-image-${escaped}(\\.\\d+)?(\\+deb\\d+(\\+\\d+)?)?(-\\d+)?-amd64(-unsigned)?$`,
  );
  const [newest] = await newestPackages(pattern, progress);
  if (!newest) throw new UsageError(`debian-image:${version}: no suite of the mirror has it.`);
  const key = hashOf("debian-image", newest.name, newest.version);
  const directory = cacheDirectory("store", "debian-images", key);
  if (!(await hasNotedSizes(directory))) {
    await rm(directory, { recursive: true, force: true });
    progress.status(`fetching ${newest.name} ${newest.version}`);
    await mkdir(dirname(directory), { recursive: true });
    await publishDirectory(directory, async (temporary) => {
      await unpackPackage(newest, temporary);
      await layOutModules(temporary);
      await noteSizes(temporary);
    });
  }
  const boot = join(directory, "boot");
  const name = (await readdir(boot)).find((entry) => entry.startsWith("vmlinuz-")) ?? "";
  const release = name.replace("vmlinuz-", "");
  const config = join(boot, `config-${release}`);
  return {
    release,
    buildId: undefined,
    image: join(boot, name),
    vmlinux: undefined,
    config,
    modules: directory,
    buildLog: undefined,
    series: [],
    kconfig: [],
    key,
    source: `${newest.name} ${newest.version}`,
    configHash: hashOf(await readFile(config)),
  };
}

/** Merged-/usr packages have their modules under usr/lib; and depmod has not run yet. */
async function layOutModules(directory: string): Promise<void> {
  if (!existsSync(join(directory, "lib", "modules"))) {
    await mkdir(join(directory, "lib"), { recursive: true });
    await mustRun("mv", [
      join(directory, "usr", "lib", "modules"),
      join(directory, "lib", "modules"),
    ]);
  }
  for (const release of await readdir(join(directory, "lib", "modules"))) {
    await mustRun("depmod", ["--basedir", directory, release]);
  }
}

function modulesFor(release: string | undefined, { modules }: KernelRequest): string | undefined {
  if (modules && !existsSync(join(modules, "lib", "modules", release ?? ""))) {
    throw new UsageError(`--modules ${modules} has no lib/modules/${release}.`);
  }
  return modules && resolve(modules);
}

function refuseChanges({ kernel, series, kconfig }: KernelRequest): void {
  if (series.length > 0 || kconfig.length > 0) {
    throw new UsageError(`${kernel} is built already: it takes no --series and no --kconfig.`);
  }
}

/** The note of Documentation/virt/hvm: QEMU starts a vmlinux where it points to (XEN_ELFNOTE_PHYS32_ENTRY). */
async function hasEntryForQemu(vmlinux: string): Promise<boolean> {
  const { stdout } = await mustRun("readelf", ["--notes", "--wide", vmlinux]);
  return /^ *Xen .*0x0*12\b/m.test(stdout);
}

/** The version string that Documentation/arch/x86/boot.rst describes (kernel_version, 0x20e). */
async function releaseOfImage(file: string): Promise<string | undefined> {
  const handle = await open(file);
  try {
    const head = Buffer.alloc(0x8000);
    await handle.read(head, 0, head.length, 0);
    if (head.toString("latin1", 0x202, 0x206) !== "HdrS") return undefined;
    const at = head.readUInt16LE(0x20e) + 0x200;
    return head.toString("latin1", at, at + 256).split(/[ \0]/)[0];
  } finally {
    await handle.close();
  }
}
