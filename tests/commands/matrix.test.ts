import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import t from "tap";

const uffdwp = join(import.meta.dirname, "../../harness/uffdwp.js");

t.test("what failed comes first, also when the command is given elsewhere", async (t) => {
  const top = t.testdir({ "note.txt": "words\n", elsewhere: {} });
  const file = join(top, "m.yaml");
  const write = (...names: string[]) => {
    // No kernel at all: each cell fails at once, and nothing is built.
    const kernel = (name: string) => `{ name: ${name}, kernel: "image:${join(top, "note.txt")}" }`;
    writeFileSync(file, `kernels: [${names.map(kernel).join(", ")}]\n`);
  };
  const order = async (cwd: string, path: string) => {
    const args = [uffdwp, "matrix", path, "--results", join(top, "results")];
    const { stderr } = await execa(process.execPath, args, { cwd, reject: false });
    return [...stderr.matchAll(/^(\w+) × plain × all$/gm)].map(([, name]) => name);
  };
  write("second");
  t.same(await order(top, "m.yaml"), ["second"]);
  write("first", "second");
  t.same(await order(join(top, "elsewhere"), "../m.yaml"), ["second", "first"]);
});
