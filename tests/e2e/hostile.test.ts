import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import t from "tap";
import { dataFile, latestRun, start } from "./uffdwp.ts";

// A kernel may have to be built first.
t.setTimeout(25 * 60_000);

const ESCAPE = String.fromCharCode(27);
const FORMATS = [
  "terminal",
  "ktap",
  "junit",
  "json",
  "kcidb",
  "markdown",
  "html",
  "github",
  "sarif",
];

t.test("names from patches, YAML and paths are data, on the whole way", async (t) => {
  const top = mkdtempSync(join(tmpdir(), `a "b" $(touch pwned) <b> `));
  t.teardown(() => rmSync(top, { recursive: true, force: true }));
  const results = join(top, "$(touch pwned); <script>alert('results')</script>".replace("/", "|"));
  const fragment = join(top, "`touch pwned`.config");
  writeFileSync(fragment, "CONFIG_SHMEM=y\n");
  const profile = join(top, "profile.yaml");
  const series = dataFile("hostile-names.mbox");
  writeFileSync(profile, JSON.stringify({ series: [series], kconfig: [fragment], results }));

  const uffdwp = async (args: readonly string[]) => {
    const { exitCode, stdout, stderr } = await start(args, { HOME: process.env.HOME ?? "" });
    t.notMatch(stdout + stderr, ESCAPE, "no terminal obeys a patch");
    return { exitCode, stdout, stderr };
  };
  const cases = ["--case", "anon/present/write", "--boot", "qemu"];
  const { exitCode, stderr } = await uffdwp(["run", "--profile", profile, ...cases]);
  t.equal(exitCode, 0, stderr);
  const { id, kernel } = latestRun(results);
  t.match(kernel.series[0], /touch \/tmp\/pwned-by-a-subject/);
  for (const format of FORMATS) {
    const { exitCode, stdout } = await uffdwp([
      "report",
      id,
      "--results",
      results,
      "--format",
      format,
    ]);
    t.equal(exitCode, 0, format);
    if (format === "html") t.notMatch(stdout, /<script>alert/, "no browser does either");
    if (format === "junit") t.notMatch(stdout, /<script/);
  }
  const site = readFileSync(join(results, id, "report.html"), "utf8");
  t.notMatch(site, /<script>alert/);
  t.notOk(existsSync("/tmp/pwned-by-a-subject"));
  const here = [process.cwd(), top, results, join(results, id)].flatMap((path) =>
    readdirSync(path),
  );
  t.notOk(here.includes("pwned"), "and no shell");
});
