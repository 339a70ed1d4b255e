// The modules without which a modular kernel can't speak to us or swap.
import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import type { Kernel } from "../kernel/kernel.ts";
import { mustRun } from "../process/tool.ts";

/** What init loads, with parameters; a module that is built in or does not exist is passed over. */
const WANTED: Readonly<Record<string, string>> = {
  virtio_pci: "",
  virtio_console: "",
  brd: "rd_nr=1 rd_size=65536",
};

interface BootModule {
  /** Absolute path of the .ko, perhaps compressed. */
  readonly file: string;
  readonly parameters: string;
}

/** The modules of a kernel that its init must load, dependencies first. */
export async function findBootModules(kernel: Kernel): Promise<BootModule[]> {
  if (!kernel.modules) return [];
  const directory = join(kernel.modules, "lib", "modules", kernel.release);
  const dependencies = parseModulesDep(await readFile(join(directory, "modules.dep"), "utf8"));
  const order = new Map<string, BootModule>();
  for (const [name, parameters] of Object.entries(WANTED)) {
    const path = [...dependencies.keys()].find((path) => moduleName(path) === name);
    if (!path) continue;
    // modules.dep names all dependencies of a module, the last to be loaded first.
    for (const needed of [...(dependencies.get(path) ?? [])].reverse()) {
      if (!order.has(needed)) order.set(needed, { file: join(directory, needed), parameters: "" });
    }
    order.set(path, { file: join(directory, path), parameters });
  }
  return [...order.values()];
}

/** Copies modules into a root, unpacked, with the list that init reads. */
export async function installModules(modules: readonly BootModule[], root: string): Promise<void> {
  if (modules.length === 0) return;
  await mkdir(join(root, "modules"));
  const lines: string[] = [];
  for (const { file, parameters } of modules) {
    const name = `${moduleName(file)}.ko`;
    await unpack(file, join(root, "modules", name));
    lines.push(`/modules/${name} ${parameters}`.trimEnd());
  }
  await writeFile(join(root, "modules.list"), `${lines.join("\n")}\n`);
}

function parseModulesDep(text: string): Map<string, string[]> {
  const lines = text.split("\n").filter((line) => line.includes(":"));
  return new Map(
    lines.map((line) => {
      const [path = "", rest = ""] = line.split(":");
      return [path, rest.split(" ").filter((word) => word !== "")];
    }),
  );
}

function moduleName(path: string): string {
  return basename(path)
    .replace(/\.ko(\.\w+)?$/, "")
    .replaceAll("-", "_");
}

async function unpack(file: string, target: string): Promise<void> {
  const tools: Record<string, string> = { xz: "xz", zst: "zstd", gz: "gzip" };
  const tool = tools[file.split(".").pop() ?? ""];
  if (!tool) return copyFile(file, target);
  await mustRun(tool, ["-dc", file], { files: { stdout: target, stderr: "/dev/null" } });
}
