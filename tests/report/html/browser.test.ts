import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import t, { type Test } from "tap";
import { deriveRun } from "../../../harness/record/derive-run.ts";
import type { Run } from "../../../harness/record/run-schema.ts";
import { html } from "../../../harness/report/html/run-page.tsx";
import { watchedPage, withBrowser, withoutBrowser } from "../../browser.ts";
import { begin, end, events } from "../../record/sample-journal.ts";

const run = deriveRun([begin, ...events, end]);
const FAILED = "shmem-private/swap/madv-dontneed";

/** The report of a run as a file, and its address. */
async function report(t: Test, changes: Partial<Run> = {}): Promise<string> {
  const file = join(t.testdir({}), "report.html");
  await writeFile(
    file,
    html.render({ ...run, ...changes }, { directory: "/nowhere", color: false }),
  );
  return pathToFileURL(file).href;
}

t.test("a report in a browser, from the disk", { skip: withoutBrowser }, async (t) => {
  await withBrowser(async (browser) => {
    await t.test("filters, keeps them in the address, and finds them there again", async (t) => {
      const { page, errors, requests } = await watchedPage(browser);
      const address = await report(t);
      await page.goto(address);
      const rows = () => page.locator(".results tbody tr:visible").count();
      t.equal(await rows(), run.cases.length);
      await page.getByRole("checkbox", { name: "not as expected" }).check();
      t.equal(await rows(), 3);
      await page.getByLabel("Text").fill("swap DONTNEED");
      t.equal(await rows(), 1);
      t.match(page.url(), /\?text=swap\+DONTNEED&outcome=unexpected$/);
      await page.reload();
      t.equal(await rows(), 1);
      t.equal(await page.locator("#filters output").textContent(), "1 of 6");
      await page.goto(`${address}?suite=teardown`);
      t.equal(await rows(), 3);
      t.same(errors, []);
      t.same(
        new Set(requests.map((url) => url.split("?")[0])),
        new Set([address]),
        "nothing else is loaded",
      );
    });

    await t.test("a mark of the heat map leads to its case, past any filter", async (t) => {
      const { page } = await watchedPage(browser);
      const address = await report(t);
      await page.goto(`${address}?text=nothing-has-this`);
      await page.locator(`.heat a[href="#case-${FAILED}"]`).click();
      t.equal(await page.locator(":target h3 .id").textContent(), FAILED);
      await page.locator('.heat a[href="#case-shmem/present/write"]').click();
      t.ok(await page.locator("tr:target").isVisible());
    });

    await t.test("works by keyboard, and everything has a name", async (t) => {
      const { page } = await watchedPage(browser);
      await page.goto(await report(t));
      await page.keyboard.press("Tab");
      t.equal(
        await page.evaluate(() => document.activeElement?.textContent),
        "Skip to the results",
      );
      const nameless = await page.evaluate(() =>
        Array.from(document.querySelectorAll("a, button, input, select, [role=img]"))
          .filter((one) => !(one.textContent?.trim() || one.getAttribute("aria-label")))
          .filter((one) => !one.closest("label"))
          .map((one) => one.outerHTML),
      );
      t.same(nameless, []);
      const headings = await page.evaluate(() =>
        Array.from(document.querySelectorAll("h1, h2, h3"), (one) => Number(one.tagName[1])),
      );
      t.ok(headings.every((level, i) => i === 0 || level <= (headings[i - 1] ?? 0) + 1));
    });

    await t.test("is dark where that is wanted, and light on paper", async (t) => {
      const { page } = await watchedPage(browser, { colorScheme: "dark" });
      await page.goto(await report(t));
      const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
      t.equal(await paper(), "rgb(22, 24, 27)");
      await page.emulateMedia({ media: "print", colorScheme: "dark" });
      t.equal(await paper(), "rgb(255, 255, 255)");
      t.notOk(await page.locator(".controls").isVisible());
    });

    await t.test("hostile names stay text", async (t) => {
      const hostile = `"><img src=x onerror=alert(1)><script>alert(2)</script>'`;
      const cases = run.cases.map((one, i) => ({
        ...one,
        id: `shmem/swap/${i}${hostile}`,
        title: hostile,
        reason: hostile,
        output: hostile,
        suite: hostile,
      }));
      const { page, errors } = await watchedPage(browser);
      await page.goto(await report(t, { cases }));
      t.equal(await page.locator("img").count(), 0);
      t.ok((await page.locator(".failure .id").first().textContent())?.includes(hostile));
      t.same(errors, []);
    });

    await t.test("a narrow screen scrolls tables, not the page", async (t) => {
      const { page } = await watchedPage(browser, { viewport: { width: 390, height: 800 } });
      await page.goto(await report(t));
      const [inner, outer] = await page.evaluate(() => [
        document.documentElement.scrollWidth,
        document.documentElement.clientWidth,
      ]);
      t.ok((inner ?? 0) <= (outer ?? 0), `${inner} ${outer}`);
    });
  });
});
