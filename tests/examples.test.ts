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

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, string>>;
}

t.test("in a container a job's cache lies where the container sees it", async (t) => {
  const text = read("examples/github-workflow.yml");
  // The context has the path outside of the container: actions/runner issue 2058.
  t.notMatch(text, /github\.workspace/);
  const { jobs } = parse(text);
  for (const name of ["build", "test"]) {
    const [first] = jobs[name].steps as Step[];
    t.equal(first?.run, 'echo "UFFDWP_CACHE=$GITHUB_WORKSPACE/cache" >> "$GITHUB_ENV"', name);
  }
});

t.test("what is saved with zstd is looked for with zstd", async (t) => {
  const { jobs } = parse(read("examples/github-workflow.yml"));
  for (const [name, { steps }] of Object.entries<{ steps: Step[] }>(jobs)) {
    const at = (matches: (step: Step) => boolean | undefined) => steps.findIndex(matches);
    const cache = at(({ uses }) => uses?.startsWith("actions/cache"));
    if (cache < 0) continue;
    const setup = at(({ run }) => run?.includes("./setup.sh"));
    t.ok(setup >= 0 && setup < cache, `${name} installs it before it looks`);
  }
  t.match(read("setup.sh"), /^qemu[\s\S]*\bzstd\b[\s\S]*?"$/m);
});

t.test("the kernels of older commits are not carried along", async (t) => {
  const { jobs } = parse(read("examples/github-workflow.yml"));
  const caches = Object.values<{ steps: Step[] }>(jobs)
    .flatMap(({ steps }) => steps)
    .filter(({ uses }) => uses?.startsWith("actions/cache"))
    .map((step) => step.with ?? {});
  const kernels = caches.filter(({ path }) => path?.includes("store"));
  t.equal(kernels.length, 2, "one is saved, one restored");
  for (const { path, key, "restore-keys": older } of kernels) {
    t.same([path, older], ["cache/store", undefined]);
    t.equal(key, kernels[0]?.key);
    t.match(key, "github.sha");
  }
  const gitlab = parse(read("examples/gitlab-ci.yml"));
  const kept = Object.values<{ cache?: { paths?: string[] } }>(gitlab);
  t.same(
    kept.flatMap(({ cache }) => cache?.paths ?? []),
    ["cache/ccache"],
  );
  t.match(gitlab["uffd-wp build"].artifacts, { paths: ["cache/store"], expire_in: "1 day" });
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
