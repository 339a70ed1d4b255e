// The pictures of the documentation, from a run: npm run screenshots -- RUN, with a series that fails.
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { execa } from "execa";
import { type Browser, chromium, type Page } from "playwright-core";
import { projectDirectory } from "../../harness/process/directories.ts";
import { withTemporaryDirectory } from "../../harness/process/temporary.ts";
import { findRun } from "../../harness/record/results.ts";
import { serveResults } from "../../harness/serve/server.ts";
import { terminalPage } from "./terminal-page.ts";

const SERIES = "tests/e2e/data/swap-form-unrecognised.mbox";
const results = join(projectDirectory, "results");
const [name = "latest"] = process.argv.slice(2);
const run = findRun(results, name);
const scheme = { colorScheme: "light", viewport: { width: 1344, height: 840 } } as const;

await withTemporaryDirectory(async (directory) => {
  const browser = await chromium.launch({
    executablePath: "/usr/bin/chromium",
    args: ["--no-sandbox"],
  });
  await shoot(browser, "terminal", await terminal(directory), "pre");
  const report = join(directory, "report.html");
  await uffdwp(["report", name, "--format", `html=${report}`]);
  const address = pathToFileURL(report).href;
  await shoot(browser, "report", address);
  await shoot(browser, "heat-map", address, 'section[aria-labelledby="heat-map"]');
  await shoot(browser, "failure", address, "article.failure");
  const { server, address: site } = await serveResults(results, "127.0.0.1", 0);
  await shoot(browser, "serve", site);
  server.closeAllConnections();
  server.close();
  await browser.close();
});
console.log(`of ${run}`);

/** What `uffdwp run` ends with, as a page. */
async function terminal(directory: string): Promise<string> {
  const { stdout } = await uffdwp(["report", name], { FORCE_COLOR: "1" });
  const file = join(directory, "terminal.html");
  await terminalPage(file, `npx uffdwp run --series ${SERIES}`, stdout);
  return pathToFileURL(file).href;
}

function uffdwp(args: readonly string[], env: Record<string, string> = {}) {
  const program = join(projectDirectory, "harness/uffdwp.js");
  return execa(process.execPath, [program, ...args], { env, cwd: projectDirectory });
}

/** The window, or one element of the page. */
async function shoot(browser: Browser, to: string, address: string, element?: string) {
  const page = await browser.newPage(scheme);
  await page.goto(address);
  const path = join(import.meta.dirname, `${to}.png`);
  await target(page, element).screenshot({ path });
  await page.close();
}

function target(page: Page, element: string | undefined) {
  return element === undefined ? page : page.locator(element).first();
}
