// Asks the case programs which cases they have.
import { basename, relative } from "node:path";
import { z } from "zod";
import { HarnessError } from "../errors.ts";
import { mustRun } from "../process/tool.ts";

const lineSchema = z.object({
  /** Stable: `shmem-private/swap/madv-dontneed`. */
  id: z.string().regex(/^[a-z0-9]+(?:[-./][a-z0-9]+)*$/),
  /** `shmem`, `shmem-private`, `anon`, … */
  mapping: z.string(),
  /** What the page table entry is before the operation: `present`, `swap`, `marker`, `none`, … */
  form: z.string(),
  /** What disturbs it: `madv-dontneed`, `munmap`, `pageout`, … */
  operation: z.string(),
  /** One sentence: what must hold. */
  title: z.string(),
});

/** One case, as its program's `--list` describes it. */
export type CaseDescription = z.infer<typeof lineSchema> & {
  /** The program's name: one folder of cases/, one program, one suite. */
  readonly suite: string;
  /** The program's path inside the image, and its arguments. */
  readonly program: string;
  readonly args: readonly string[];
  /** Whether it prints the one result of the case, or results that are cases themselves. */
  readonly results: "one" | "many";
  /** Its own time limit in seconds, 0 for none; undefined for the usual one. */
  readonly limit?: number;
};

/**
 * The cases of all programs, in the order in which the programs list them.
 *
 * @param programs paths on the host, below `root`
 * @throws {HarnessError} when a program lists nonsense or two cases share an id
 */
export async function listCases(
  programs: readonly string[],
  root: string,
): Promise<CaseDescription[]> {
  const lists = await Promise.all(programs.map((program) => listProgram(program, root)));
  const cases = lists.flat();
  refuseTwins(programs);
  const seen = new Map<string, CaseDescription>();
  for (const found of cases) {
    const twin = seen.get(found.id);
    if (twin) {
      throw new HarnessError(
        `Two cases are called ${found.id}: ${twin.program}, ${found.program}.`,
      );
    }
    seen.set(found.id, found);
  }
  return cases;
}

/** A suite is called by its program's name, and by nothing else. */
function refuseTwins(programs: readonly string[]): void {
  const names = programs.map((program) => basename(program));
  const twin = names.find((name, i) => names.indexOf(name) < i);
  if (twin) throw new HarnessError(`Two programs are called ${twin}: each must name a suite.`);
}

async function listProgram(program: string, root: string): Promise<CaseDescription[]> {
  const { stdout } = await mustRun(program, ["--list"]);
  const inside = `/${relative(root, program)}`;
  return stdout
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => parseLine(line, inside))
    .map((line) => ({
      ...line,
      suite: basename(program),
      program: inside,
      args: [line.id],
      results: "one",
    }));
}

function parseLine(line: string, program: string): z.infer<typeof lineSchema> {
  try {
    return lineSchema.parse(JSON.parse(line));
  } catch (error) {
    throw new HarnessError(`${program} --list prints a line that describes no case:\n  ${line}`, {
      cause: error,
    });
  }
}
