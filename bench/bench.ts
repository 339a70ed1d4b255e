// The figures of the README, measured: npm run bench -- NAME…
import { join } from "node:path";
import { execa } from "execa";

/** Each measures what its file says, in a process of its own. */
const BENCHES = {
  runs: "some minutes",
  history: "some minutes",
  page: "seconds",
  mutants: "a quarter of an hour",
  hunting: "an hour",
} as const;
type Name = keyof typeof BENCHES;

const names = Object.keys(BENCHES) as Name[];
const QUICK: readonly Name[] = ["runs", "history", "page"];

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => name !== "all" && !isName(name));
if (unknown.length > 0) {
  console.error(
    `There is no bench ${unknown.join(", ")}; there are: ${names.join(", ")}, and all.`,
  );
  process.exit(129);
}
const chosen = names.filter((name) =>
  asked.length === 0 ? QUICK.includes(name) : asked.includes(name) || asked.includes("all"),
);
const failed: Name[] = [];
for (const name of chosen) {
  console.log(`\n${name} (${BENCHES[name]})`);
  if (!(await measure(name))) failed.push(name);
}
if (asked.length === 0) {
  const others = names.filter((name) => !QUICK.includes(name));
  const words = others.map((name) => `npm run bench -- ${name} (${BENCHES[name]})`);
  console.log(`\nNot measured: ${words.join(", ")}; all of them: npm run bench -- all`);
}
if (failed.length > 0) {
  console.error(`\nNot measured, because of an error: ${failed.join(", ")}`);
  process.exitCode = 1;
}

function isName(name: string): name is Name {
  return Object.hasOwn(BENCHES, name);
}

/** One that fails does not cost the others' figures. */
async function measure(name: Name): Promise<boolean> {
  const file = join(import.meta.dirname, `${name}.ts`);
  const child = await execa(process.execPath, ["--import", "tsx", file], {
    stdio: "inherit",
    reject: false,
  });
  return !child.failed;
}
