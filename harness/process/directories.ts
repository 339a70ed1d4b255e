// Where the harness keeps things: the checkout it runs from, and the user's cache.
import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";

/** The checkout: kconfigs/, cases/, images/ and results/ lie here. */
export const projectDirectory = packageOf(import.meta.dirname);

/**
 * What can be made again: sources, build directories, built kernels and images.
 * UFFDWP_CACHE moves it; otherwise the XDG base directory specification decides.
 */
export function cacheDirectory(...parts: string[]): string {
  const xdg = process.env.XDG_CACHE_HOME || join(homedir(), ".cache");
  return join(process.env.UFFDWP_CACHE || join(xdg, "uffdwp"), ...parts);
}

/** We run from a source or from a bundle of them, which lies deeper. */
function packageOf(directory: string): string {
  return existsSync(join(directory, "package.json")) ? directory : packageOf(dirname(directory));
}
