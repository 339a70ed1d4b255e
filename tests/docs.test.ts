// Every command that the documentation shows is one that we accept; what needs no guest is run.
import { existsSync, readFileSync } from "node:fs";
import { mkdir, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { execa } from "execa";
import t from "tap";
import { begin, end, events } from "./record/sample-journal.ts";

const top = join(import.meta.dirname, "..");
const DOCUMENTS = ["README.md", "docs/laptop.md"];
/** These look at records alone. */
const RUN = ["completion", "help", "history", "man", "repro", "report"];

/** The words of each command line in a document's blocks for a shell. */
function commandLines(document: string): string[][] {
  const blocks = [...document.matchAll(/^```sh\n(.*?)^```$/gms)].map((match) => match[1] ?? "");
  return blocks
    .flatMap((block) => block.split("\n"))
    .filter((line) => line.startsWith("npx uffdwp "))
    .map((line) => words(line.replace(/^npx uffdwp /, "").replace(/ +#.*$/, "")));
}

function words(line: string): string[] {
  return [...line.matchAll(/'([^']*)'|(\S+)/g)].map((match) => match[1] ?? match[2] ?? "");
}

/** Runs it for real, over results of our own. */
async function tryIt(args: readonly string[], results: string) {
  const uffdwp = join(top, "harness/uffdwp.js");
  const where = ["history", "repro", "report"].includes(args[0] ?? "")
    ? ["--results", results]
    : [];
  const env = { UFFDWP_CACHE: join(results, "../cache") };
  return execa("node", [uffdwp, ...args, ...where], {
    reject: false,
    env,
    cwd: join(results, ".."),
  });
}

async function sampleResults(directory: string): Promise<string> {
  const results = join(directory, "results");
  await mkdir(join(results, begin.id), { recursive: true });
  const journal = [begin, ...events, end].map((event) => `${JSON.stringify(event)}\n`).join("");
  await writeFile(join(results, begin.id, "journal.ndjson"), journal);
  await symlink(begin.id, join(results, "latest"));
  return results;
}

/** The flags and arguments of a command, as its own help has them. */
async function helpOf(name: string): Promise<string> {
  const uffdwp = join(top, "harness/uffdwp.js");
  return (await execa("node", [uffdwp, "help", name])).stdout;
}

t.test("commands", async (t) => {
  const results = await sampleResults(t.testdir({}));
  for (const file of DOCUMENTS) {
    const lines = commandLines(readFileSync(join(top, file), "utf8"));
    t.ok(lines.length > 5, file);
    for (const [name = "", ...args] of lines) {
      if (RUN.includes(name)) {
        const { exitCode } = await tryIt([name, ...args], results);
        t.equal(exitCode, 0, [name, ...args].join(" "));
      } else {
        const help = await helpOf(name);
        for (const flag of args.filter((word) => word.startsWith("-"))) {
          t.match(help, new RegExp(`(^|[ ,])${flag}[ ,<]`, "m"), `${name} ${flag}`);
        }
      }
    }
  }
});

t.test("what the documents link to is there", async (t) => {
  for (const file of DOCUMENTS) {
    const text = readFileSync(join(top, file), "utf8");
    for (const [, target = ""] of text.matchAll(/\]\(([^)#:]+)\)/g)) {
      t.ok(existsSync(join(top, dirname(file), target)), `${file}: ${target}`);
    }
  }
});
