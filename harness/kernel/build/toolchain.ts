// Which tools a kernel is built with: part of its key.
import { mustRun } from "../../process/tool.ts";
import { architecture } from "../architecture.ts";
import { FLAGS } from "./make.ts";

/** Compiler, linker, architecture and our flags, in words that change when one of them does. */
export async function toolchainId(): Promise<string> {
  const versions = await Promise.all(
    ["gcc", "ld"].map(async (tool) => (await mustRun(tool, ["--version"])).stdout.split("\n")[0]),
  );
  return [architecture.arch, ...versions, ...FLAGS].join("\n");
}
