// How a terminal's text is painted; or not, in the same words.
import type pc from "picocolors";

export type Colors = ReturnType<typeof pc.createColors>;
