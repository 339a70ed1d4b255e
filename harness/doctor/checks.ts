// What the main job needs of a machine, each thing checked by trying it.
import { mkdir, statfs } from "node:fs/promises";
import { join } from "node:path";
import { rememberedAcceleration } from "../guest/acceleration.ts";
import { compareReleases } from "../kernel/release.ts";
import { cacheDirectory } from "../process/directories.ts";
import { withTemporaryDirectory } from "../process/temporary.ts";
import { runTool } from "../process/tool.ts";

export interface Check {
  readonly name: string;
  readonly ok: boolean;
  /** What is better with it, where the main job goes without. */
  readonly optional?: boolean;
  readonly found: string;
  /** The command that mends it, or advice; "" when nothing is to be done. */
  readonly fix: string;
}

const NODE = "20.19";
/** A kernel tree with its objects, the apt lists and ccache, in GiB. */
const DISK = 8;

/** Program, the package that brings it, and what it is for where we can go without. */
const PROGRAMS: readonly (readonly [program: string, packageName: string, optional?: true])[] = [
  ["gcc", "build-essential"],
  ["make", "build-essential"],
  ["flex", "flex"],
  ["bison", "bison"],
  ["bc", "bc"],
  ["git", "git"],
  ["cpio", "cpio"],
  ["lz4", "lz4"],
  ["xz", "xz-utils"],
  ["depmod", "kmod"],
  ["flock", "util-linux"],
  ["setpriv", "util-linux"],
  ["qemu-system-x86_64", "qemu-system-x86"],
  ["vng", "virtme-ng", true],
  ["spatch", "coccinelle", true],
  ["ccache", "ccache", true],
  ["b4", "b4", true],
  ["busybox", "busybox-static", true],
];

/** All checks, the necessary ones first. */
export async function checkMachine(): Promise<Check[]> {
  const programs = await Promise.all(PROGRAMS.map(checkProgram));
  const others = await Promise.all([checkStaticLibc(), checkHeader(), checkDisk()]);
  const all = [checkNode(), ...programs, ...others, await checkMirror(), await checkAcceleration()];
  return [...all.filter((check) => !check.optional), ...all.filter((check) => check.optional)];
}

function checkNode(): Check {
  const ok = compareReleases(process.versions.node, NODE) >= 0;
  const fix = ok ? "" : `install Node ${NODE} or later`;
  return { name: "node", ok, found: process.versions.node, fix };
}

async function checkProgram([
  program,
  packageName,
  optional,
]: (typeof PROGRAMS)[number]): Promise<Check> {
  const result = await runTool(program, ["--version"]).catch(() => undefined);
  const version = result?.all
    .split("\n")
    .find((line) => line.trim() !== "")
    ?.trim()
    .slice(0, 60);
  return {
    name: program,
    ok: result !== undefined,
    ...(optional && { optional }),
    found: result ? (version ?? "there") : "not installed",
    fix: result ? "" : `apt-get install ${packageName}`,
  };
}

async function checkStaticLibc(): Promise<Check> {
  const ok = await compiles("int main(void) { return 0; }\n", ["-static"]);
  return {
    name: "static libc",
    ok,
    found: ok ? "links" : "nothing links with -static",
    fix: ok ? "" : "apt-get install libc6-dev",
  };
}

async function checkHeader(): Promise<Check> {
  const ok = await compiles(
    "#include <gelf.h>\n#include <openssl/opensslv.h>\nint main(void) { return 0; }\n",
    [],
  );
  const fix = ok ? "" : "apt-get install libelf-dev libssl-dev";
  return {
    name: "libelf, libssl",
    ok,
    found: ok ? "headers are there" : "headers are missing",
    fix,
  };
}

async function compiles(source: string, flags: readonly string[]): Promise<boolean> {
  return withTemporaryDirectory(async (directory) => {
    const args = ["-x", "c", "-", ...flags, "-o", join(directory, "out")];
    const result = await runTool("gcc", args, { input: source }).catch(() => undefined);
    return result !== undefined && !result.failed;
  });
}

async function checkDisk(): Promise<Check> {
  const directory = cacheDirectory();
  await mkdir(directory, { recursive: true });
  const { bavail, bsize } = await statfs(directory);
  const free = Math.floor((bavail * bsize) / 2 ** 30);
  const ok = free >= DISK;
  const fix = ok ? "" : `make room for ${DISK} GiB, or point UFFDWP_CACHE elsewhere`;
  return { name: "disk", ok, found: `${free} GiB free in ${directory}`, fix };
}

/** Without a mirror kernels come from trees, tarballs and images. */
async function checkMirror(): Promise<Check> {
  const format = ["indextargets", "--format", "$(REPO_URI)", "Created-By: Packages"];
  const result = await runTool("apt-get", format).catch(() => undefined);
  const ok = !!result && result.stdout.trim() !== "";
  const fix = ok ? "" : "give a kernel tree, a tarball or an image instead of debian:VERSION";
  return {
    name: "Debian mirror",
    ok,
    optional: true,
    found: ok ? "in apt's configuration" : "none",
    fix,
  };
}

async function checkAcceleration(): Promise<Check> {
  const kvm = await rememberedAcceleration();
  const found = {
    works: "KVM runs kernels here",
    fails: "TCG: /dev/kvm opens, but no kernel boots with it",
    untried: "/dev/kvm opens; the first run tries it",
    none: "TCG: there is no /dev/kvm that we may open",
  }[kvm];
  return {
    name: "acceleration",
    ok: kvm !== "fails" && kvm !== "none",
    optional: true,
    found,
    fix: "",
  };
}
