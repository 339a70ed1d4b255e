// What a build must know of the architecture. Another one also needs a QEMU command, a console
// (guest/qemu-command.ts), Debian's package names, an image's version (image-file.ts) and what of it
// comes into memory (build/loaded-content.ts): these are x86-64's, each in the file that is about it.

export interface Architecture {
  /** make's ARCH. */
  readonly arch: string;
  /** Kconfig's $(SRCARCH): the folder under arch/. */
  readonly srcarch: string;
  /** make's target, and where the image lies below the build directory. */
  readonly target: string;
  readonly image: string;
}

export const architecture: Architecture = {
  arch: "x86_64",
  srcarch: "x86",
  target: "bzImage",
  image: "arch/x86/boot/bzImage",
};
