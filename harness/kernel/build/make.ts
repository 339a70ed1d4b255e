// make, as we always call it: reproducible, cached by ccache, out of the source tree.
import { availableParallelism } from "node:os";
import { cacheDirectory } from "../../process/directories.ts";
import { runTool, type ToolResult } from "../../process/tool.ts";
import { architecture } from "../architecture.ts";

/** A fixed time, user and host make equal sources equal objects, and ccache find them again. */
const REPRODUCIBLE = {
  KBUILD_BUILD_TIMESTAMP: "1970-01-01 00:00:00 UTC",
  KBUILD_BUILD_USER: "uffdwp",
  KBUILD_BUILD_HOST: "uffdwp",
  KBUILD_BUILD_VERSION: "1",
} as const;

/**
 * copy_mc_to_kernel() copies the pages that somebody writes to first, from 6.12 on huge ones as well.
 * For size gcc makes its memcpy() a `rep movsb`, which TCG carries out byte by byte: up to half a second
 * for a huge page (arch/x86/lib/copy_mc.c).
 */
export const FLAGS = ["CFLAGS_copy_mc.o=-O2"];

/** Objects are found again whatever directory they are built in. */
function ccacheEnvironment(): Record<string, string> {
  return {
    CCACHE_DIR: process.env.CCACHE_DIR ?? cacheDirectory("ccache"),
    CCACHE_BASEDIR: cacheDirectory("trees"),
    CCACHE_NOHASHDIR: "1",
    CCACHE_SLOPPINESS:
      "time_macros,include_file_mtime,include_file_ctime,locale,pch_defines,file_stat_matches",
    CCACHE_MAXSIZE: process.env.CCACHE_MAXSIZE ?? "20G",
  };
}

/** Runs make for one tree and one build directory; the outcome is the caller's to judge. */
export async function make(
  { src, build }: { src: string; build: string },
  targets: readonly string[],
  onLine?: (line: string) => void,
): Promise<ToolResult> {
  const compiler = (await hasCcache()) ? "ccache gcc" : "gcc";
  const variables = [
    `O=${build}`,
    `ARCH=${architecture.arch}`,
    "LOCALVERSION=",
    `CC=${compiler}`,
    `HOSTCC=${compiler}`,
    ...FLAGS,
  ];
  const args = ["-C", src, `-j${availableParallelism() + 1}`, ...variables, ...targets];
  return runTool("nice", ["-n", "10", "make", ...args], {
    env: { ...REPRODUCIBLE, ...ccacheEnvironment(), LC_ALL: "C" },
    diesWithUs: true,
    ...(onLine && { onLine }),
  });
}

let ccache: Promise<boolean> | undefined;

/** Without ccache a build is slower and otherwise the same. */
function hasCcache(): Promise<boolean> {
  ccache ??= runTool("ccache", ["--version"]).then(
    () => true,
    () => false,
  );
  return ccache;
}
