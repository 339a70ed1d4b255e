import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import t from "tap";
import { exactly } from "../exactly.ts";

const uffdwp = join(import.meta.dirname, "../../harness/uffdwp.js");

async function run(args: string[], env: Record<string, string> = {}, input = "") {
  const child = await execa("node", [uffdwp, ...args], { reject: false, env, input });
  return { exitCode: child.exitCode, stdout: child.stdout, stderr: child.stderr };
}

t.test("bad input is one clear message and exit code 129, and leaves nothing", async (t) => {
  const top = t.testdir({
    "typo.yaml": "kernel: debian:6.1\ncpus: two\n",
    "note.txt": "words\n",
    tree: { Makefile: "", Kconfig: "", kernel: {} },
  });
  const at = (name: string) => join(top, name);
  const results = at("results");
  const inputs: [string[], RegExp][] = [
    [["run", "-k", "/nonexistent"], /no such tree/],
    [["run", "-k", at("note.txt")], /is no kernel tree/],
    [["run", "-k", `${at("tree")}@v9.9`], /has no revision v9\.9\. .*git -C .*fetch/],
    [["run", "-k", "debian:six"], /comes a version such as 6\.1/],
    [["run", "--kconfig", "nope"], /There is no kconfig nope/],
    [["run", "--case", "no/such/case"], /No case matches no\/such\/case/],
    [["run", "--suite", "nope"], /There is no suite nope/],
    [["run", "--profile", at("typo.yaml")], /typo\.yaml:2:7: cpus: /],
    [["run", "--format", "nope"], /the formats are/],
    [["run", "-k", `image:${at("note.txt")}`], /neither a bzImage nor a vmlinux/],
    [["run", "--cpus", "99"], /cpus: /],
    [["run", "--memory", "lots"], /positive number/],
    [["run", "--shard", "5/4"], /there are only 4 shards/],
    [["run", "--shard", "half"], /shard: expected a shard such as 2\/4/],
    [["run", "--baseline", "nope"], /There is no run nope/],
    [["run", "--watch", "-k", "debian:6.1"], /--watch needs a tree that can change/],
    [["merge", "nope"], /There is no run nope/],
    [["matrix", "/nonexistent.yaml"], /can't be read/],
    [["bisect", "--good", "v1", "--bad", "v2"], /a bisection needs a git tree/],
    [["bisect", "-k", at("tree"), "--good", "v1"], /needs both ends/],
    [["bisect", "-k", at("tree"), "--good", "v1", "--bad", "v2"], /no revision v1\. .*fetch/],
    [["bisect", "--kconfig", "no-marker"], /two configurations: --kconfig GOOD BAD/],
    [["bisect", "--kconfig", "no-marker", "nope"], /There is no kconfig nope/],
    [["series"], /nothing to test/],
    [["series", "v1"], /v1 is no range BASE\.\.TIP: .*such as v6\.12\.\./],
    [["report", "nope"], /There is no run nope/],
    [["nonsense"], /unknown command/],
  ];
  await Promise.all(
    inputs.map(async ([args, message]) => {
      const where = args[0] === "run" || args[0] === "report" ? ["--results", results] : [];
      const { exitCode, stdout, stderr } = await run([...args, ...where]);
      t.equal(exitCode, 129, args.join(" "));
      t.equal(stdout, "", args.join(" "));
      t.match(stderr, message);
      t.ok(stderr.split("\n").length <= 3, `${args.join(" ")}: no stack trace`);
    }),
  );
  t.notOk(existsSync(results), "nothing is recorded");
});

t.test("help and version are no mistakes", async (t) => {
  t.match(await run(["--help"]), { exitCode: 0, stdout: /Commands:/ });
  t.match(await run(["run", "--help"]), { exitCode: 0, stdout: /--series/ });
  t.match(await run(["--version"]), { exitCode: 0, stdout: /^\d+\.\d+\.\d+$/ });
});

t.test("lists are data", async (t) => {
  const { stdout } = await run(["list", "cases", "--json"]);
  const { cases } = JSON.parse(stdout);
  t.ok(cases.length >= 24);
  t.match(
    cases.find(({ id }: { id: string }) => id === "shmem-private/swap/madv-dontneed"),
    {
      suite: "survive",
      mapping: "shmem-private",
      form: "swap",
      operation: "madv-dontneed",
      needs: ["feature PAGEFAULT_FLAG_WP", "CONFIG_USERFAULTFD", "kernel 5.14", "kernel 5.19"],
    },
  );
  const kconfigs = JSON.parse((await run(["list", "kconfigs", "--json"])).stdout).kconfigs;
  t.match(
    kconfigs.find(({ name }: { name: string }) => name === "no-marker"),
    { default: false },
  );
  const suites = JSON.parse((await run(["list", "suites", "--json"])).stdout).suites;
  for (const { name, purpose } of suites) t.ok(purpose, `suite.yaml says what ${name} is about`);
});

t.test("parse reads TAP and kernel logs from elsewhere", async (t) => {
  const tap = await run(["parse", "ktap", "-", "--json"], {}, "1..2\nok 1 a\nnot ok 2 b\n");
  t.equal(tap.exitCode, 1);
  t.match(JSON.parse(tap.stdout), {
    results: [
      { path: ["a"], ok: true, directive: null },
      { path: ["b"], ok: false },
    ],
    totals: { pass: 1, fail: 1, skip: 0, xfail: 0, lost: 0 },
    errors: exactly([]),
  });
  const panic = "Kernel panic - not syncing: VFS: Unable to mount";
  const top = t.testdir({ log: `[ 1.0] ${panic}\n` });
  const log = await run(["parse", "klog", join(top, "log"), "--json"]);
  t.match(JSON.parse(log.stdout), { findings: [{ kind: "panic", line: 1, lines: [panic] }] });
  t.match(await run(["parse", "klog", "/nonexistent"]), { exitCode: 129 });
});

t.test("parse ktap shows the tree: a parent's own result, and its children below it", async (t) => {
  const text = `TAP version 14
# Subtest: outer
    ok 1 - a
    not ok 2 - b # TODO some day
    1..2
not ok 1 - outer # why it failed
    # Subtest: gone
    1..1
    ok 1 - c # SKIP no such memory
1..1
`;
  const shown = await run(["parse", "ktap", "-"], {}, text);
  t.same(shown.stdout.split("\n").slice(0, 5), [
    "not ok  outer  (why it failed)",
    "  ok      a",
    "  todo    b  (some day)",
    "lost    gone",
    "  skip    c  (no such memory)",
  ]);
  const json = await run(["parse", "ktap", "-", "--json"], {}, text);
  const { results, tree } = JSON.parse(json.stdout);
  t.same(
    results.map(({ path }: { path: string[] }) => path.join("/")),
    ["outer/a", "outer/b", "gone/c"],
  );
  const [outer, gone] = tree;
  t.match(outer, { name: "outer", ok: false, directive: null, reason: "why it failed" });
  t.match(outer.children, [
    { name: "a", directive: null },
    { name: "b", directive: "todo" },
  ]);
  t.match(gone, { name: "gone", lost: true, children: [{ name: "c" }] });
});

t.test("doctor says what is missing and how to get it", async (t) => {
  const path = t.testdir();
  writeFileSync(join(path, "node"), `#!/bin/sh\nexec ${process.execPath} "$@"\n`, { mode: 0o755 });
  const { stdout } = await execa(process.execPath, [uffdwp, "doctor", "--json"], {
    reject: false,
    env: { PATH: path },
  });
  const { ok, checks } = JSON.parse(stdout);
  t.equal(ok, false);
  t.match(
    checks.find(({ name }: { name: string }) => name === "gcc"),
    {
      ok: false,
      found: "not installed",
      fix: "apt-get install build-essential",
    },
  );
});

t.test("a missing tool is the machine's fault", async (t) => {
  const path = t.testdir();
  const { exitCode, stderr } = await execa(process.execPath, [uffdwp, "list", "cases"], {
    reject: false,
    env: { PATH: path, UFFDWP_CACHE: join(path, "cache") },
  });
  t.equal(exitCode, 128);
  t.match(stderr, /gcc is not installed.*setup\.sh/);
  t.same(
    readdirSync(path).filter((name) => name !== "cache"),
    [],
  );
});
