import {
  appendFileSync,
  cpSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import t, { type Test } from "tap";

t.setTimeout(120_000);

const top = join(import.meta.dirname, "..");

/** A checkout of our own, whose sources may be edited. */
function checkout(t: Test) {
  const copy = t.testdir({ node_modules: {} });
  for (const name of ["harness", "package.json", "package-lock.json"]) {
    cpSync(join(top, name), join(copy, name), { recursive: true });
  }
  for (const name of readdirSync(join(top, "node_modules"))) {
    if (name.startsWith(".")) continue;
    symlinkSync(join(top, "node_modules", name), join(copy, "node_modules", name));
  }
  const uffdwp = async (...args: string[]) => {
    const command = [join(copy, "harness/uffdwp.js"), ...args];
    const { exitCode, stdout, stderr } = await execa(process.execPath, command, { reject: false });
    return { exitCode, stdout, stderr };
  };
  const bundles = () => readdirSync(join(copy, "node_modules/.cache/uffdwp"));
  return { copy, uffdwp, bundles };
}

t.test("sources are bundled once, and again when one has changed", async (t) => {
  const { copy, uffdwp, bundles } = checkout(t);
  const both = await Promise.all([uffdwp("--version"), uffdwp("--version")]);
  for (const { stdout } of both) t.equal(stdout, "0.1.0");
  t.equal(bundles().length, 1, "one for both, and nothing half-written");

  const cli = join(copy, "harness/cli.ts");
  writeFileSync(cli, readFileSync(cli, "utf8").replace('"0.1.0"', '"0.1.0 edited"'));
  t.equal((await uffdwp("--version")).stdout, "0.1.0 edited");
  t.equal(bundles().length, 2);
});

t.test("a bug is told with the place in our sources", async (t) => {
  const { copy, uffdwp } = checkout(t);
  const list = join(copy, "harness/commands/list.ts");
  writeFileSync(
    list,
    readFileSync(list, "utf8").replace(
      "export function",
      'throw new Error("a bug");\nexport function',
    ),
  );
  const { stderr } = await uffdwp("--version");
  t.match(stderr, /harness\/commands\/list\.ts:\d+/);
});

t.test("a checkout that can't be bundled is no kernel's fault", async (t) => {
  const { copy, uffdwp, bundles } = checkout(t);
  appendFileSync(join(copy, "harness/cli.ts"), "\nnot TypeScript\n");
  const broken = await uffdwp("--version");
  t.equal(broken.exitCode, 128);
  t.match(broken.stderr, /can't be started: .*\n.*cli\.ts:\d+/);
  t.same(bundles(), []);

  const other = checkout(t);
  writeFileSync(join(other.copy, "node_modules/.cache"), "no directory");
  const full = await other.uffdwp("--version");
  t.equal(full.exitCode, 128);
  t.match(full.stderr, /can't be started: .*node_modules\/\.cache/);
});
