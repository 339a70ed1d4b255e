// Where the harness keeps things: the checkout it runs from, and the user's cache.
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** The checkout: kconfigs/, cases/, images/ and results/ lie here. */
export const projectDirectory = resolve(fileURLToPath(import.meta.url), "../../..");

/**
 * What can be made again: sources, build directories, built kernels and images.
 * UFFDWP_CACHE moves it; otherwise the XDG base directory specification decides.
 */
export function cacheDirectory(...parts: string[]): string {
  const xdg = process.env.XDG_CACHE_HOME || join(homedir(), ".cache");
  return join(process.env.UFFDWP_CACHE || join(xdg, "uffdwp"), ...parts);
}
