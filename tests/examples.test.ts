// What the examples tell people to run must be what we accept.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import t, { type Test } from "tap";
import { parse } from "yaml";
import { SHARD } from "../harness/plan/shard.ts";
import { parseFormat } from "../harness/report/registry.ts";
import { accept } from "./accept.ts";

const top = join(import.meta.dirname, "..");
const read = (path: string) => readFileSync(join(top, path), "utf8");

/** The strings of a document, wherever they stand. */
function strings(node: unknown): string[] {
  if (typeof node === "string") return [node];
  return typeof node === "object" && node !== null ? Object.values(node).flatMap(strings) : [];
}

/** The words of each uffdwp command line in a script, with what the CI system would put in. */
function commandLines(script: string): string[][] {
  const text = script
    .replaceAll(/\$\{\{ matrix\.shard \}\}|\$CI_NODE_INDEX/g, "2")
    .replaceAll("$CI_NODE_TOTAL", "4")
    .replaceAll('"', "")
    .replaceAll(/ +#.*$/gm, "");
  return [...text.matchAll(/^\s*npx uffdwp (.+)$/gm)].map((match) => (match[1] ?? "").split(/\s+/));
}

async function acceptAll(t: Test, lines: readonly string[][]): Promise<void> {
  for (const words of lines) {
    const line = words.join(" ");
    const { shard, format } = await accept(words);
    if (shard !== undefined) t.match(shard, SHARD, line);
    for (const one of (format as string[] | undefined) ?? []) t.ok(parseFormat(one), line);
    t.pass(line);
  }
}

t.test("the workflows are YAML, and every command in them is accepted", async (t) => {
  for (const [file, count] of [
    ["examples/github-workflow.yml", 3],
    ["examples/gitlab-ci.yml", 3],
  ] as const) {
    const document = parse(read(file));
    const lines = strings(document).flatMap(commandLines);
    t.equal(lines.length, count, file);
    await acceptAll(t, lines);
  }
});

t.test("each job of the workflow for GitHub waits for one that is there", async (t) => {
  const { jobs } = parse(read("examples/github-workflow.yml"));
  for (const job of Object.values<{ needs?: string; steps: unknown[] }>(jobs)) {
    if (job.needs) t.ok(jobs[job.needs], job.needs);
    t.ok(job.steps.length > 0);
  }
  const shards: number[] = jobs.test.strategy.matrix.shard;
  t.match(read("examples/github-workflow.yml"), `/${shards.length} --results`);
});

t.test("each stage and template of the file for GitLab is there", async (t) => {
  const { stages, ...rest } = parse(read("examples/gitlab-ci.yml"));
  const jobs = Object.values(rest).filter((one): one is { stage: string; extends: string } =>
    Object.hasOwn(one as object, "script"),
  );
  t.equal(jobs.length, 3);
  for (const job of jobs) {
    t.ok(stages.includes(job.stage), job.stage);
    t.ok(rest[job.extends], job.extends);
  }
});

t.test("a flag that is not there would be noticed", async (t) => {
  await t.rejects(accept(["run", "--shards", "1/2"]), { message: /unknown option/ });
  await t.rejects(accept(["merge"]), { message: /missing required argument/ });
});
