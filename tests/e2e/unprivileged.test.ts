// What SECURITY.md promises: nothing needs root.
import { chmodSync, chownSync, copyFileSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import t from "tap";
import { latestRun, program, uffdwp } from "./uffdwp.ts";

// A kernel may have to be built first.
t.setTimeout(25 * 60_000);

/** Nobody: no group, no capability, and no way to get one. */
const NOBODY = 65534;
const AS_NOBODY = [
  ...["--reuid", String(NOBODY), "--regid", String(NOBODY), "--clear-groups"],
  ...["--no-new-privs", "--inh-caps=-all", "--bounding-set=-all", "--"],
];

/** Why this machine can't tell, if it can't. */
async function whyNot(): Promise<string | false> {
  if (process.getuid?.() !== 0) return "we are not root: all tests are run without privilege";
  // Whoever starts a checkout for the first time bundles it, and must be able to write into it.
  await uffdwp(["--version"]);
  const args = [...AS_NOBODY, process.execPath, program, "--version"];
  const { failed, stderr } = await execa("setpriv", args, { reject: false });
  return failed && `nobody can't start this checkout: ${stderr}`;
}

const skip = await whyNot();

t.test("a run needs no privilege, from the compiler to the guest", { skip }, async (t) => {
  const built = JSON.parse((await uffdwp(["build", "--json", "--quiet"])).stdout);
  const home = mkdtempSync(join(tmpdir(), "uft-"));
  t.teardown(() => rmSync(home, { recursive: true, force: true }));
  const image = join(home, "bzImage");
  copyFileSync(built.image, image);
  chmodSync(image, 0o444);
  chownSync(home, NOBODY, NOBODY);
  const results = join(home, "results");
  const run = [
    ...["run", "-k", `image:${image}`, "--boot", "qemu", "--results", results],
    ...["--case", "anon/present/{read,write}"],
  ];
  const { exitCode, stderr } = await execa(
    "setpriv",
    [...AS_NOBODY, process.execPath, program, ...run],
    {
      reject: false,
      stdin: "ignore",
      // Not even the cache of whoever runs the tests: the cases are compiled anew.
      env: { HOME: home, TMPDIR: home, UFFDWP_CACHE: join(home, "cache") },
    },
  );
  t.equal(exitCode, 0, stderr);
  t.match(latestRun(results), { status: "passed", totals: { ok: 2 } });
  t.equal(statSync(join(results, "latest", "run.json")).uid, NOBODY);
});
