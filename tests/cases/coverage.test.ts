import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import t from "tap";
import { uffdwp } from "../e2e/uffdwp.ts";
import { coverageTable } from "./coverage.ts";

const README = join(import.meta.dirname, "../../cases/README.md");
const BEGIN = "<!-- coverage: UPDATE=1 npm test tests/cases/coverage.test.ts -->\n";
const END = "\n<!-- end of coverage -->";

t.test("the table of coverage in cases/README.md is that of the cases there are", async (t) => {
  const { stdout } = await uffdwp(["list", "cases", "--json", "--quiet"]);
  const table = coverageTable(JSON.parse(stdout).cases);
  const text = readFileSync(README, "utf8");
  const [before = "", rest = ""] = text.split(BEGIN);
  const [written, after = ""] = rest.split(END);
  if (process.env.UPDATE) writeFileSync(README, `${before}${BEGIN}${table}${END}${after}`);
  else t.equal(written, table);
});

t.test("the first file a reader sees says how many cases there are", async (t) => {
  const { stdout } = await uffdwp(["list", "cases", "--json", "--quiet"]);
  const { length } = JSON.parse(stdout).cases;
  const readme = readFileSync(join(import.meta.dirname, "../../README.md"), "utf8");
  t.match(readme, `${length} cases`);
});
