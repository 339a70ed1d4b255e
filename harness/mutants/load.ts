// Mutants as they stand in files: ours in YAML, anybody's as semantic patches.
import { readdir, readFile, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { z } from "zod";
import { UsageError } from "../errors.ts";
import { projectDirectory } from "../process/directories.ts";
import { readYaml } from "../process/yaml-file.ts";
import { type Mutant, mutantFrom, mutantSchema } from "./mutant.ts";
import { completed } from "./semantic-patch.ts";

/** Where ours are. */
const mutantsDirectory = join(projectDirectory, "mutants");

/**
 * All mutants of a directory: `*.yaml`, lists of them as docs/mutation-testing.md describes, and
 * `*.cocci`, one each, called by the file's name.
 *
 * @throws {UsageError} when there is none, or a file is wrong
 */
export async function loadMutants(directory: string = mutantsDirectory): Promise<Mutant[]> {
  const names = (await namesIn(directory)).sort();
  const loaded = await Promise.all(
    names.map((name) => {
      const path = join(directory, name);
      return name.endsWith(".cocci") ? readPatch(path) : readList(path);
    }),
  );
  const mutants = loaded.flat();
  if (mutants.length === 0) {
    throw new UsageError(
      `${directory} has no *.yaml and no *.cocci. docs/mutation-testing.md says how to write one.`,
    );
  }
  refuseTwins(mutants);
  return mutants;
}

async function namesIn(directory: string): Promise<string[]> {
  const names = await readdir(directory).catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`${directory} can't be read: ${error.message}`);
  });
  const files: string[] = [];
  for (const name of names.filter((one) => /^[^.].*\.(yaml|cocci)$/.test(one))) {
    if ((await stat(join(directory, name))).isFile()) files.push(name);
  }
  return files;
}

async function readList(path: string): Promise<Mutant[]> {
  return (await readYaml(path, z.array(mutantSchema))).map(mutantFrom);
}

async function readPatch(path: string): Promise<Mutant[]> {
  const smpl = await readFile(path, "utf8");
  const [, why = ""] = /^\s*\/\/+\s*(.+)$/m.exec(smpl) ?? [];
  const place = { file: undefined, function: undefined, smpl: completed(smpl) };
  return [{ id: basename(path, ".cocci"), why, places: [place], equivalent: undefined }];
}

function refuseTwins(mutants: readonly Mutant[]): void {
  const ids = mutants.map(({ id }) => id);
  const twin = ids.find((id, i) => ids.indexOf(id) < i);
  if (twin) throw new UsageError(`Two mutants are called ${twin}: each needs a name of its own.`);
}
