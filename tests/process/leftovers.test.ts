import { mkdirSync, readdirSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import t from "tap";
import { clearLeftovers, ownName } from "../../harness/process/leftovers.ts";
import { ourselves } from "../../harness/process/owner.ts";

/** Runs no more, and its number is not given away again so soon. */
async function deadProcess(): Promise<number> {
  const child = execa("true");
  await child;
  return child.pid as number;
}

t.test("what is cleared away is known to be nobody's any more", async (t) => {
  const directory = t.testdir();
  const dead = { ...ourselves, pid: await deadProcess() };
  const before = { ...dead, boot: "00000000" };
  const made = {
    ours: ownName(""),
    dead: ownName(".store.", dead),
    "another namespace": ownName("", { ...dead, namespace: "1" }),
    "another machine": ownName("", { ...before, machine: "00000000" }),
    // Whether such a process runs here says nothing.
    "an earlier boot": ownName("", { ...before, pid: process.pid }),
    twin: ownName("", before),
    theirs: "uffdwp-of-somebody-else",
  };
  for (const name of Object.values(made))
    mkdirSync(join(directory, name, "inside"), { recursive: true });
  for (const name of [made["an earlier boot"], made["another machine"]]) {
    utimesSync(join(directory, name), 0, 0);
  }
  await clearLeftovers(directory);
  const left = readdirSync(directory);
  const stays = Object.entries(made).filter(([, name]) => left.includes(name));
  t.same(
    stays.map(([what]) => what),
    ["ours", "another namespace", "another machine", "twin", "theirs"],
  );
});

t.test("a directory that is not there has no leftovers", async () => {
  await clearLeftovers("/nonexistent");
});

t.test("the sockets below a temporary directory have a path that is short enough", async (t) => {
  const name = ownName("", { ...ourselves, namespace: "4026531836", pid: 4194304 });
  // sun_path has 108 bytes.
  t.ok(`/tmp/some-directory/of-a-test/${name}/console`.length < 108);
});
