// The GNU build id of a vmlinux.
import { runTool } from "../../process/tool.ts";

/** In hex, or undefined when the file has none. */
export async function readBuildId(vmlinux: string): Promise<string | undefined> {
  const { stdout } = await runTool("readelf", ["--notes", "--wide", vmlinux]);
  return /Build ID: ([0-9a-f]+)/.exec(stdout)?.[1];
}
