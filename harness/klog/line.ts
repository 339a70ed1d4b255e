// A console line without what printk and consoles put around it.

const ESC = String.fromCharCode(27);
const NOISE = new RegExp(`${ESC}\\[[0-9;?]*[A-Za-z]|[\\0-\\u0008\\u000b-\\u001f]`, "g");
/** Level, time, caller (CONFIG_PRINTK_CALLER), in any combination. */
const PREFIX = /^(?:<\d+>)?\s*(?:\[\s*\d+\.\d+\]\s?)?(?:\[\s*[TC]\d+\]\s?)?/;

export function cleanLine(line: string): string {
  return line.replace(NOISE, "").replace(PREFIX, "");
}
