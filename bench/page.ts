// How long a report of 5,000 results takes to be made, to open and to filter, in Chromium.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { withTemporaryDirectory } from "../harness/process/temporary.ts";
import { deriveRun } from "../harness/record/derive-run.ts";
import type { RunEvent } from "../harness/record/journal-event.ts";
import { html } from "../harness/report/html/run-page.tsx";
import { syntheticJournal } from "./synthetic-journal.ts";

// As `uffdwp run --repeat 7` has them.
const shape = { cases: 715, repeat: 7, index: 0, failing: 0.01 };
const [begin, ...events] = syntheticJournal(shape);
const run = deriveRun([begin as RunEvent, ...events]);

await withTemporaryDirectory(async (directory) => {
  const rendered = performance.now();
  const text = html.render(run, { directory, color: false });
  show("made", performance.now() - rendered, `${(text.length / 1e6).toFixed(1)} MB`);
  const file = join(directory, "report.html");
  await writeFile(file, text);
  const browser = await chromium.launch({
    executablePath: "/usr/bin/chromium",
    args: ["--no-sandbox"],
  });
  const page = await browser.newPage();
  const opened = performance.now();
  await page.goto(pathToFileURL(file).href);
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))));
  show("opened and painted", performance.now() - opened);
  for (const word of ["swap", "swap operation-7", "nothing", ""]) {
    const took = await page.evaluate(async (text) => {
      const field = document.querySelector<HTMLInputElement>("input[type=search]");
      if (!field) throw new Error("no filter");
      const started = performance.now();
      field.value = text;
      field.dispatchEvent(new Event("input", { bubbles: true }));
      await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
      return performance.now() - started;
    }, word);
    show(`filtered by "${word}" and painted`, took);
  }
  await browser.close();
});

function show(what: string, ms: number, more = ""): void {
  console.log(`${ms.toFixed(0).padStart(6)} ms  ${what} ${more}`);
}
