import type { Finding } from "./finding.ts";
export function createScanner(): { write(chunk: Uint8Array): Finding[]; end(): Finding[] } {
  return { write: () => [], end: () => [] };
}
