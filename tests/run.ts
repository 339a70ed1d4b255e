// All checks of the project, as `npm test` runs them; the last line counts what passed and failed.
import { readFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { execa } from "execa";
import { parseKtap } from "../harness/ktap/parse.ts";
import { totalsOf } from "../harness/ktap/totals.ts";
import { withTemporaryDirectory } from "../harness/process/temporary.ts";
import { program } from "./e2e/uffdwp.ts";

/** Checks that either hold or don't: scripts of package.json. */
const CHECKS = ["lint", "types", "unused"];
/**
 * Kconfigs of the kernels that many tests boot. Where none is built yet the tests would queue up
 * for the one tree, and a slow machine is still building when their time is up.
 */
const KERNELS = [[], ["faults"], ["no-marker"]];

const inherit = { preferLocal: true, reject: false, stdio: "inherit" } as const;
const counts = { pass: 0, fail: 0 };
function count(name: string, { failed }: { failed: boolean }): void {
  console.log(`${failed ? "not ok" : "ok"} ${name}`);
  counts[failed ? "fail" : "pass"]++;
}
for (const name of CHECKS) count(name, await execa("npm", ["run", "--silent", name], inherit));

const asked = process.argv.slice(2);
for (const kconfigs of asked.length > 0 ? [] : KERNELS) {
  const fragments = kconfigs.flatMap((kconfig) => ["--kconfig", kconfig]);
  const built = await execa(process.execPath, [program, "build", ...fragments], inherit);
  count(["kernel", ...kconfigs].join(" "), built);
}
await withTemporaryDirectory(async (directory) => {
  const tap = `${directory}/report.tap`;
  const files = asked.length > 0 ? asked : ["tests/**/*.test.ts"];
  // Only a terminal can be rewritten; anything else gets the TAP itself.
  const terminal = process.stdout.isTTY;
  const reporter = terminal ? ["--reporter=terse", `--output-file=${tap}`] : ["--reporter=tap"];
  const options = ["--disable-coverage", `--jobs=${availableParallelism()}`, "--timeout=1800"];
  const { failed, stdout } = await execa("tap", [...reporter, ...options, ...files], {
    ...inherit,
    stdio: ["inherit", terminal ? "inherit" : ["inherit", "pipe"], "inherit"],
  });
  const text = terminal ? await readFile(tap, "utf8").catch(() => "") : (stdout ?? "");
  const totals = totalsOf(parseKtap(text));
  counts.pass += totals.pass;
  // A run that fails without a failing test is a failure all the same.
  counts.fail += Math.max(totals.fail + totals.lost, failed ? 1 : 0);
});
console.log(`${counts.pass} passed, ${counts.fail} failed`);
process.exitCode = counts.fail > 0 ? 1 : 0;
