// What the kernel stage takes and what it hands on.
import type { PatchFacts } from "./series/touched-lines.ts";

/** What was asked for on the command line or in a profile. */
export interface KernelRequest {
  /** `debian:6.1`, `PATH`, `PATH@REV`, `FILE.tar.xz`, `image:FILE`, `debian-image:6.12`. */
  readonly kernel: string;
  /** An mbox, a quilt directory, a directory of patches, a git range or a message id, each. */
  readonly series: readonly string[];
  /** Names of fragments in kconfigs/, or paths of fragments; in the order of merging. */
  readonly kconfig: readonly string[];
  /** The directory above lib/modules/RELEASE, for a kernel that needs modules. */
  readonly modules?: string | undefined;
  /** False builds again what the store already has. */
  readonly cache: boolean;
}

/** A kernel that can be booted, and the proof of which one it is. */
export interface Kernel {
  /** As `uname -r` prints it. */
  readonly release: string;
  /** The GNU build id of vmlinux in hex, as /sys/kernel/notes gives it; undefined for an image without vmlinux. */
  readonly buildId: string | undefined;
  /** Path of the bzImage. */
  readonly image: string;
  /** Path of the vmlinux with symbols, where there is one. */
  readonly vmlinux: string | undefined;
  /** Path of the resolved .config; undefined for an image that came without. */
  readonly config: string | undefined;
  /** The directory above lib/modules/RELEASE. */
  readonly modules: string | undefined;
  /** The whole build's log, where we built it. */
  readonly buildLog: string | undefined;
  /** What it was made from, in words: `linux-source-6.1 6.1.192-2`, `/src/linux@v6.12 (7d2c…)`. */
  readonly source: string;
  /** Subjects of the patches on top. */
  readonly series: readonly string[];
  /** What else is known of each of them; absent where none was read. */
  readonly patches?: readonly PatchFacts[];
  /** The commit below the series, where the source is exactly that. */
  readonly commit?: string | undefined;
  /** Names of the fragments. */
  readonly kconfig: readonly string[];
  /** sha256 of the resolved .config, "" where there is none. */
  readonly configHash: string;
  /** Two kernels with one content are the same in memory, whatever they were made from; undefined where unknown. */
  readonly content?: string | undefined;
  /** Two kernels with one key are the same kernel. */
  readonly key: string;
}
