import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";
import t from "tap";

const uffdwp = join(import.meta.dirname, "../../harness/uffdwp.js");
const script = async (shell: string) => (await execa("node", [uffdwp, "completion", shell])).stdout;

async function skipWithout(shell: string): Promise<string | false> {
  const { failed } = await execa(shell, ["-c", "true"], { reject: false });
  return failed && `${shell} is not installed`;
}

/** What bash offers after the words of a command line, the last of which is being typed. */
async function offers(file: string, ...words: string[]): Promise<string[]> {
  const list = words.map((word) => `'${word}'`).join(" ");
  const { stdout } = await execa("bash", [
    "-c",
    `source ${file}; COMP_WORDS=(uffdwp ${list}); COMP_CWORD=${words.length}; _uffdwp; printf '%s\\n' "\${COMPREPLY[@]}"`,
  ]);
  return stdout.split("\n");
}

t.test("bash completes commands, options, choices and files", async (t) => {
  const directory = t.testdir({ "a-tree": {} });
  const file = join(directory, "bash");
  await writeFile(file, await script("bash"));
  t.ok((await offers(file, "")).includes("bisect") || (await offers(file, "")).includes("run"));
  t.same(await offers(file, "res"), ["resume"]);
  t.same(await offers(file, "parse", ""), ["ktap", "klog"]);
  t.same(await offers(file, "run", "--ac"), ["--accel"]);
  t.same(await offers(file, "run", "--accel", "t"), ["tcg"]);
  t.same(await offers(file, "bisect", "--term-g"), ["--term-good"]);
  t.same(await offers(file, "run", "--quiet", "--boot", "v"), ["virtme-ng"]);
  t.ok((await offers(file, "list", "k")).includes("kconfigs"));
  t.same(await offers(file, "run", "-k", join(directory, "a-")), [join(directory, "a-tree")]);
});

for (const shell of ["zsh", "fish"]) {
  t.test(`${shell} takes its script`, { skip: await skipWithout(shell) }, async (t) => {
    const file = join(t.testdir({}), shell);
    await writeFile(file, await script(shell));
    t.match(await execa(shell, ["-n", file], { reject: false }), { exitCode: 0, stderr: "" });
  });
}

t.test("fish completes", { skip: await skipWithout("fish") }, async (t) => {
  const file = join(t.testdir({}), "fish");
  await writeFile(file, await script("fish"));
  const offers = async (line: string) =>
    (await execa("fish", ["--no-config", "-c", `source ${file}; complete -C "${line}"`])).stdout;
  t.match(await offers("uffdwp res"), /^resume\t/);
  t.match(await offers("uffdwp parse k"), /^klog\t.*\nktap\t/);
  t.match(await offers("uffdwp run --accel "), /auto\n?.*kvm/s);
  t.match(await offers("uffdwp run --se"), /--series\t/);
  t.match(await offers("uffdwp bisect --term-o"), /--term-old\t/);
  t.match(await offers("uffdwp bisect --term-g"), /--term-good\t/);
});

t.test("every command takes --help, --quiet and --verbose", async (t) => {
  const { stdout: page } = await execa("node", [uffdwp, "man"]);
  const [, ...commands] = page.replaceAll("\\-", "-").split(/^\.SS /m);
  t.ok(commands.length > 8);
  for (const text of commands) {
    const [name = ""] = text.split("\n");
    for (const option of ["--help", "--quiet", "--verbose"]) t.ok(text.includes(option), name);
  }
});

t.test(
  "the manual page tells of every command and option, and groff has no complaint",
  async (t) => {
    const { stdout: page } = await execa("node", [uffdwp, "man"]);
    const { stdout: help } = await execa("node", [uffdwp, "--help"]);
    const names = [...help.matchAll(/^ {2}([a-z]+) /gm)].map((match) => match[1]);
    t.ok(names.length > 8);
    for (const name of names)
      if (name !== "help") t.match(page, new RegExp(`^\\.SS "uffdwp ${name}`, "m"));
    t.match(page, /\\-\\-series/);
    t.equal((await execa("node", [uffdwp, "help", "run"])).exitCode, 0);
    const groff = await execa("groff", ["-man", "-Tutf8", "-ww", "-b"], {
      input: page,
      reject: false,
    });
    if (groff.exitCode !== undefined) t.match(groff, { exitCode: 0, stderr: "" });
    if (groff.exitCode !== undefined) t.match(groff.stdout, /At least one result was not/);
  },
);
