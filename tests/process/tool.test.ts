import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import t from "tap";
import { HarnessError } from "../../harness/errors.ts";
import { mustRun, runTool } from "../../harness/process/tool.ts";
import { until } from "../until.ts";

t.test("a program's output and exit status come back", async (t) => {
  const result = await runTool("sh", ["-c", "echo out; echo err >&2; exit 3"]);
  t.match(result, { exitCode: 3, failed: true, stdout: "out", stderr: "err" });
});

t.test("it reads what it is given and nothing else", async (t) => {
  t.equal((await runTool("cat", [], { input: "text" })).stdout, "text");
  t.equal((await runTool("cat", [])).stdout, "");
});

t.test("a missing program says how to install it", async (t) => {
  await t.rejects(runTool("no-such-program", []), {
    name: "HarnessError",
    message: /no-such-program is not installed.*setup\.sh/,
  });
  await t.rejects(runTool("no-such-program", [], { diesWithUs: true }), HarnessError);
});

t.test("lines arrive one by one, of both streams", async (t) => {
  const lines: string[] = [];
  await runTool("sh", ["-c", "echo a; echo b >&2"], { onLine: (l) => lines.push(l) });
  await runTool("printf", ["no newline"], { onLine: (l) => lines.push(l) });
  t.same(lines.sort(), ["a", "b", "no newline"]);
});

t.test("output can go straight into files", async (t) => {
  const directory = t.testdir();
  const files = { stdout: join(directory, "out"), stderr: join(directory, "err") };
  await runTool("sh", ["-c", "echo out; echo err >&2"], { files });
  t.equal(readFileSync(files.stdout, "utf8"), "out\n");
  t.equal(readFileSync(files.stderr, "utf8"), "err\n");
});

t.test("mustRun throws the program's last words", async (t) => {
  await t.rejects(mustRun("sh", ["-c", "echo the reason >&2; exit 1"]), {
    message: /the reason/,
  });
});

t.test("a time limit ends a program", async (t) => {
  const result = await runTool("sleep", ["60"], { timeout: 100 });
  t.ok(result.failed);
});

t.test("nobody outlives a harness that is killed, not even a program's programs", async (t) => {
  const pids = join(t.testdir(), "pids");
  // A shell, as make has one for each recipe, does not pass on what it is told.
  const script = `sh -c 'echo $$ >>${pids}; sleep 60; :' & echo $$ >>${pids}; wait`;
  const module = JSON.stringify(join(import.meta.dirname, "../../harness/process/tool.ts"));
  const source = `import { runTool } from ${module};
    await runTool("sh", ["-c", ${JSON.stringify(script)}], { diesWithUs: true });`;
  const harness = execa("node", ["--import", "tsx", "--input-type=module", "-e", source], {
    reject: false,
  });
  const started = () => (existsSync(pids) ? readFileSync(pids, "utf8").trim().split("\n") : []);
  await until(() => started().length === 2);
  harness.kill("SIGKILL");
  await harness;
  await until(() => started().every((pid) => !existsSync(`/proc/${pid}`)));
  t.pass("they are gone");
});
