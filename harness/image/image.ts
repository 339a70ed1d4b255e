// What the image stage hands on.
import type { CaseDescription } from "./case-list.ts";

/** What a guest is made of, besides its kernel. */
export interface Image {
  /** An initramfs in newc format, for a boot by plain QEMU. */
  readonly initramfs: string;
  /** The same files as a directory, for a boot by virtme-ng with `--root`. */
  readonly root: string;
  /** Every case that the programs in the image know. */
  readonly cases: readonly CaseDescription[];
  /** Two images with one key are the same image. */
  readonly key: string;
}
