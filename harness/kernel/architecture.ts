// Everything that differs from one architecture to the next.

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
