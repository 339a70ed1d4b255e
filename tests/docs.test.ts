// Every command that the documentation shows is one that we accept; what needs no guest is run.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { mkdir, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { execa } from "execa";
import t from "tap";
import { prepareImage } from "../harness/image/prepare.ts";
import { selectCases } from "../harness/plan/select-cases.ts";
import { silent } from "../harness/process/progress.ts";
import { accept } from "./accept.ts";
import { begin, end, events } from "./record/sample-journal.ts";

const top = join(import.meta.dirname, "..");
const DOCUMENTS = [
  "README.md",
  "SECURITY.md",
  "cases/README.md",
  "docs/findings/README.md",
  ...readdirSync(join(top, "docs"))
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`),
];
/** These look at records alone. */
const RUN = ["completion", "help", "history", "man", "repro", "report"];

/** The words of each line in a document's blocks for a shell. */
function shellLines(document: string): string[][] {
  const blocks = [...document.matchAll(/^```sh\n(.*?)^```$/gms)].map((match) => match[1] ?? "");
  return blocks
    .flatMap((block) => block.split("\n"))
    .map((line) => words(line.replace(/ +#.*$/, "")));
}

/** What follows `npx uffdwp` in those that begin so. */
function commandLines(document: string): string[][] {
  return shellLines(document).flatMap(([npx, uffdwp, ...command]) =>
    npx === "npx" && uffdwp === "uffdwp" ? [command] : [],
  );
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

t.test("commands", async (t) => {
  const results = await sampleResults(t.testdir({}));
  let told = 0;
  for (const file of DOCUMENTS) {
    const lines = commandLines(readFileSync(join(top, file), "utf8"));
    for (const [name = "", ...args] of lines) {
      told++;
      if (RUN.includes(name)) {
        const { exitCode } = await tryIt([name, ...args], results);
        t.equal(exitCode, 0, [name, ...args].join(" "));
      } else {
        await t.resolves(accept([name, ...args]), [name, ...args].join(" "));
      }
    }
  }
  t.ok(told > 40, "they are found at all");
});

t.test("cases that commands ask for", async (t) => {
  const { cases } = await prepareImage(undefined, silent);
  let told = 0;
  for (const file of DOCUMENTS) {
    for (const line of shellLines(readFileSync(join(top, file), "utf8"))) {
      // Whoever brings cases of others asks for those.
      if (line.includes("--cases") || line.some((word) => word.startsWith("kselftest:"))) continue;
      for (const glob of line.filter((_, i) => line[i - 1] === "--case")) {
        told++;
        const names = `${file}: --case ${glob}`;
        t.doesNotThrow(() => selectCases(cases, { globs: [glob], suites: [] }), names);
      }
    }
  }
  t.ok(told > 4, "they are found at all");
});

t.test("what the documents link to is there", async (t) => {
  for (const file of DOCUMENTS) {
    const text = readFileSync(join(top, file), "utf8");
    for (const [, target = ""] of text.matchAll(/\]\(([^)#:]+)\)/g)) {
      t.ok(existsSync(join(top, dirname(file), target)), `${file}: ${target}`);
    }
  }
});
