// What somebody does with the case as a program and without uffdwp: make, QEMU, and a script for git bisect run.
import { copyFile, cp, mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { execa } from "execa";
import type { Image } from "../harness/image/image.ts";
import { packInitramfs } from "../harness/image/pack.ts";
import { cacheDirectory } from "../harness/process/directories.ts";

/** A checkout, a build directory and an initramfs, all of them kept between the steps. */
export interface ByHand {
  readonly linux: string;
  readonly build: string;
  readonly script: string;
}

/**
 * Checks `revision` out, configures and builds it, and writes the script. virtme-ng is left out: it
 * wants udev on the host, and its guests have no swap space, without which the case skips.
 *
 * @param linux a repository, whose checkout is used
 * @param config the .config of the kernel that uffdwp builds
 * @param caseId a case of the program `survive`
 */
export async function prepareByHand(
  linux: string,
  top: string,
  {
    revision,
    config,
    image,
    caseId,
  }: {
    readonly revision: string;
    readonly config: string;
    readonly image: Image;
    readonly caseId: string;
  },
): Promise<ByHand> {
  const build = join(top, "build");
  await mkdir(build, { recursive: true });
  await cp(config, join(build, ".config"));
  const initramfs = await packGuest(image, top, caseId);
  const script = join(top, "step.sh");
  await writeFile(script, stepScript({ linux, build, initramfs }));
  await must("git", ["-C", linux, "checkout", "--quiet", "--force", "--detach", revision]);
  await must("sh", [script]);
  return { linux, build, script };
}

/** @returns what git bisect run prints */
export async function bisectByHand(
  { linux, script }: ByHand,
  good: string,
  bad: string,
): Promise<string> {
  await must("git", ["-C", linux, "bisect", "start", bad, good]);
  return must("git", ["-C", linux, "bisect", "run", "sh", script]);
}

/** 125 for what does not build, or does not come to the case. */
function stepScript({ linux, build, initramfs }: Record<"linux" | "build" | "initramfs", string>) {
  const qemu = [
    "qemu-system-x86_64 -accel tcg,thread=multi -cpu max -m 768 -nographic -no-reboot",
    `-kernel ${build}/arch/x86/boot/bzImage -initrd ${initramfs}`,
    "-append 'console=ttyS0 panic=-1 loglevel=4 tsc=reliable no_timer_check'",
  ];
  return `cd ${linux} || exit 128
export CCACHE_DIR=${cacheDirectory("ccache")} CCACHE_BASEDIR=${dirname(build)} CCACHE_NOHASHDIR=1
make O=${build} CC="ccache gcc" -j3 olddefconfig bzImage >${build}/make.log 2>&1 || exit 125
timeout 120 ${qemu.join(" ")} </dev/null >${build}/console.log 2>&1
grep -q '^not ok 1 ' ${build}/console.log && exit 1
grep '^ok 1 ' ${build}/console.log | grep -qv SKIP && exit 0
exit 125
`;
}

/** Init of a guest that runs one case and ends. */
function initScript(caseId: string): string {
  return `#!/bin/busybox sh
bb=/bin/busybox
$bb mount -t proc proc /proc
$bb mount -t sysfs sys /sys
$bb mount -t devtmpfs dev /dev
$bb mount -t tmpfs none /sys/fs/cgroup
$bb mkdir /sys/fs/cgroup/memory
$bb mount -t cgroup -o memory memory /sys/fs/cgroup/memory
$bb mkswap /dev/ram0 && $bb swapon /dev/ram0
exec >/dev/console 2>&1
/cases/survive ${caseId}
$bb reboot -f
`;
}

/** Our own root with busybox and another init over it: the kernel unpacks one archive after the other. */
async function packGuest(image: Image, top: string, caseId: string): Promise<string> {
  const root = join(top, "root");
  await mkdir(join(root, "bin"), { recursive: true });
  await copyFile("/bin/busybox", join(root, "bin/busybox"));
  await writeFile(join(root, "init"), initScript(caseId), { mode: 0o755 });
  const [ours, archive] = [join(top, "init.cpio"), join(top, "initramfs.cpio")];
  await packInitramfs(root, ours);
  await writeFile(archive, Buffer.concat([await readFile(image.initramfs), await readFile(ours)]));
  return archive;
}

async function must(program: string, args: readonly string[]): Promise<string> {
  const { failed, all } = await execa(program, args, { reject: false, all: true });
  if (failed) throw new Error(`${[program, ...args].join(" ")}: ${all}`);
  return all;
}
