// All checks of the project, as `npm test` runs them; the last line counts what passed and failed.
import { readFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { execa } from "execa";
import { parseKtap } from "../harness/ktap/parse.ts";
import { totalsOf } from "../harness/ktap/totals.ts";
import { withTemporaryDirectory } from "../harness/process/temporary.ts";

/** Checks that either hold or don't: scripts of package.json. */
const CHECKS = ["lint", "types", "unused"];

const inherit = { preferLocal: true, reject: false, stdio: "inherit" } as const;
const counts = { pass: 0, fail: 0 };
for (const name of CHECKS) {
  const { failed } = await execa("npm", ["run", "--silent", name], inherit);
  console.log(`${failed ? "not ok" : "ok"} ${name}`);
  counts[failed ? "fail" : "pass"]++;
}
await withTemporaryDirectory(async (directory) => {
  const tap = `${directory}/report.tap`;
  const asked = process.argv.slice(2);
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
