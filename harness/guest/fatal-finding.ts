// Findings that a kernel does not go on after: they say why it does not.
import type { Finding } from "../klog/finding.ts";

const FATAL_KINDS: readonly string[] = ["panic", "oops"];
const FATAL_LINE = /Kernel panic - not syncing|kernel BUG at/i;

/**
 * Whether a finding explains why a kernel said no more. A stall does not: an emulated processor may
 * stand still for as long by itself.
 */
export function isFatal({ kind, lines }: Finding): boolean {
  // By panic_on_warn and its like anything may be the end.
  return FATAL_KINDS.includes(kind) || lines.some((line) => FATAL_LINE.test(line));
}
