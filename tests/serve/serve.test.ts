import { appendFile, mkdir, symlink, utimes, writeFile } from "node:fs/promises";
import { request } from "node:http";
import { join } from "node:path";
import t, { type Test } from "tap";
import { openJournal } from "../../harness/record/journal.ts";
import type { JournalEvent, RunEvent } from "../../harness/record/journal-event.ts";
import { isLoopback, isOurHost } from "../../harness/serve/hosts.ts";
import { serveResults } from "../../harness/serve/server.ts";
import { watchedPage, withBrowser, withoutBrowser } from "../browser.ts";
import { begin, end, events } from "../record/sample-journal.ts";

const FAILED = "shmem-private/swap/madv-dontneed";

async function addRun(
  results: string,
  id: string,
  journal: readonly JournalEvent[],
  changes: Partial<RunEvent> = {},
) {
  await mkdir(join(results, id, "guest-0"), { recursive: true });
  const lines = [{ ...begin, ...changes, id }, ...journal].map(
    (event) => `${JSON.stringify(event)}\n`,
  );
  await writeFile(join(results, id, "journal.ndjson"), lines.join(""));
  await writeFile(join(results, id, "guest-0", "console.log"), "[ 0.1] <b>boot</b>\n");
}

/** A site over some runs, closed after the test. */
async function site(t: Test) {
  const top = t.testdir({ results: {}, secret: "secret" });
  process.env.UFFDWP_CACHE = join(top, "cache");
  const results = join(top, "results");
  await addRun(results, "run-1", [...events, end]);
  await addRun(results, "run-2", [...events, end]);
  await symlink("run-2", join(results, "latest"));
  const { server, address } = await serveResults(results, "127.0.0.1", 0);
  t.teardown(() => {
    server.closeAllConnections();
    server.close();
  });
  return { results, address };
}

/** Asks for a path as it stands, which fetch would tidy up. */
function ask(address: string, path: string, { host = "localhost", method = "GET" } = {}) {
  const { hostname, port } = new URL(address);
  return new Promise<{ status: number | undefined; text: string; headers: object }>(
    (done, failed) => {
      const asked = request({ hostname, port, path, method, headers: { host } }, (response) => {
        let text = "";
        response.on("data", (chunk) => {
          text += chunk;
        });
        response.on("end", () =>
          done({ status: response.statusCode, text, headers: response.headers }),
        );
      });
      asked.on("error", failed).end();
    },
  );
}

t.test("pages of runs, cases and comparisons, and the logs as text", async (t) => {
  const { address } = await site(t);
  t.match(await ask(address, "/"), { status: 200, text: /run-1/ });
  t.match(await ask(address, "/runs/run-1/"), { status: 200, text: /does not behave as expected/ });
  t.match(await ask(address, `/cases/${FAILED}`), { status: 200, text: /run-2/ });
  t.match(await ask(address, "/compare?from=run-1&to=run-2"), { status: 200, text: /0 worse/ });
  const log = await ask(address, "/runs/run-1/guest-0/console.log");
  t.match(log, { status: 200, text: /<b>boot/ });
  t.match(log.headers, { "content-type": /^text\/plain/, "x-content-type-options": "nosniff" });
});

t.test(
  "of a case that was repeated on a kernel the worst is held against the others",
  async (t) => {
    const { results, address } = await site(t);
    const again = events.flatMap((one): JournalEvent[] => {
      if (one.event !== "verdict" || one.verdict.id !== FAILED) return [];
      const passed = { repetition: 1, outcome: "pass", verdict: "ok", findings: [] } as const;
      return [{ ...one, verdict: { ...one.verdict, ...passed } }];
    });
    await addRun(results, "run-3", [...events, ...again, end], {
      kernel: { ...begin.kernel, source: "another" },
      job: { ...begin.job, repeat: 2 },
    });
    const { text } = await ask(address, "/");
    const [, row = ""] = text.split('id="kernels"')[1]?.split(`/cases/${FAILED}">`) ?? [];
    const marks = [...(row.split("</tr>")[0]?.matchAll(/class="mark ([\w-]+)"/g) ?? [])];
    t.same(
      marks.map(([, kind]) => kind),
      ["regression", "flaky"],
    );
  },
);

t.test("pages of hunts, as they lie, and what they lead to", async (t) => {
  const { results, address } = await site(t);
  const hunt = join(results, "20260203T040506-bisect");
  await mkdir(join(hunt, "step-1"), { recursive: true });
  await writeFile(join(hunt, "report.html"), "<p>found");
  await writeFile(join(hunt, "step-1", "build.log"), "<b>built");
  await symlink("../../secret", join(hunt, "console.log"));
  const href = "/reports/20260203T040506-bisect/report.html";
  t.ok((await ask(address, "/")).text.includes(`href="${href}"`), "the front leads there");
  const found = await ask(address, href);
  t.match(found, { status: 200, text: "<p>found" });
  t.match(found.headers, { "content-security-policy": /^sandbox allow-scripts;/ });
  const log = await ask(address, href.replace("report.html", "step-1/build.log"));
  t.match(log.headers, { "content-type": /^text\/plain/ });
  t.equal(log.text, "<b>built");
  for (const name of ["console.log", "..%2f..%2fsecret", "step-1", "step-1/.html", "no.html"]) {
    t.equal((await ask(address, href.replace("report.html", name))).status, 404, name);
  }
});

t.test("nothing but the results, nobody but us, and nothing to be changed", async (t) => {
  const { address } = await site(t);
  const paths = [
    "/runs/../../secret",
    "/runs/%2e%2e/secret",
    "/runs/..%2f..%2fsecret/config",
    "/%ff",
    "/runs/run-1/../../secret",
    "/runs/run-1/guest-0/..%2f..%2f..%2f..%2fsecret",
    "/nothing",
    "/runs/run-1/report.html",
    "/runs/latest%00/config",
    "/cases/no/such/case",
    "//etc/passwd",
    "/compare?from=run-1&to=../../secret",
    "/runs/nothing/events",
  ];
  for (const path of paths) {
    const { status, text } = await ask(address, path);
    t.equal(status, 404, path);
    t.notMatch(text, /secret/);
  }
  for (const host of ["evil.example", "localhost.evil.example:80"]) {
    t.equal((await ask(address, "/", { host })).status, 421, host);
  }
  t.equal((await ask(address, "/", { method: "POST" })).status, 405);
});

t.test("hosts", async (t) => {
  for (const host of ["localhost", "LOCALHOST:80", "127.0.0.1:8642", "[::1]:1", "192.0.2.1"]) {
    t.ok(isOurHost(host), host);
  }
  for (const host of [undefined, "", "example.org", "127.0.0.1.example.org", "[::1].example.org"]) {
    t.notOk(isOurHost(host), String(host));
  }
  t.ok(["127.0.0.1", "127.8.8.8", "::1", "localhost"].every(isLoopback));
  t.notOk(["0.0.0.0", "::", "192.0.2.1", "127.0.0.1.example.org"].some(isLoopback));
});

t.test("a port that is taken is said", async (t) => {
  const { results, address } = await site(t);
  const port = Number(new URL(address).port);
  await t.rejects(serveResults(results, "127.0.0.1", port), { message: /--port/ });
});

t.test("the site in a browser", { skip: withoutBrowser }, async (t) => {
  await withBrowser(async (browser) => {
    await t.test("leads from the runs to a run, its case, and its log", async (t) => {
      const { address } = await site(t);
      const { page, errors } = await watchedPage(browser, { colorScheme: "dark" });
      await page.goto(address);
      await page.getByRole("link", { name: "run-1" }).click();
      await page.waitForURL("**/runs/run-1/");
      await page.getByLabel("Text").fill("dontneed");
      t.equal(await page.locator(".results tbody tr:visible").count(), 1);
      t.match(page.url(), /runs\/run-1\/\?text=dontneed$/);
      await page.getByRole("link", { name: "All runs" }).click();
      await page.getByRole("link", { name: FAILED }).first().click();
      t.equal(await page.locator("h1").textContent(), FAILED);
      t.equal(await page.locator("svg rect").count(), 2);
      t.equal(
        await page.evaluate(() => getComputedStyle(document.body).backgroundColor),
        "rgb(22, 24, 27)",
      );
      t.same(errors, []);
    });

    await t.test("follows a run while it goes on", async (t) => {
      const { results, address } = await site(t);
      await addRun(results, "run-3", events.slice(0, 2));
      const run = await openJournal(join(results, "run-3"));
      t.teardown(() => run.close());
      const { page, errors } = await watchedPage(browser);
      await page.goto(`${address}runs/run-3/`);
      t.match(await page.locator("h1").textContent(), /^1 of 6 cases are done, 0 not/);
      const journal = join(results, "run-3", "journal.ndjson");
      await appendFile(journal, `${JSON.stringify(events[2])}\n`);
      await page.getByText("2 of 6 cases are done, 1 not as expected").waitFor();
      t.match(await page.locator("main").textContent(), FAILED);
      await appendFile(journal, `${JSON.stringify(end)}\n`);
      await page.getByRole("heading", { name: /does not behave as expected/ }).waitFor();
      t.same(errors, []);
    });

    await t.test("the list of runs notices a new one", async (t) => {
      const { results, address } = await site(t);
      const { page, errors } = await watchedPage(browser);
      await page.goto(address);
      await addRun(results, "run-9", [...events, end]);
      await page.getByRole("link", { name: "run-9" }).waitFor();
      t.same(errors, []);
    });

    await t.test("nothing is missed between the page and its stream", async (t) => {
      const { results, address } = await site(t);
      const { page } = await watchedPage(browser);
      await page.route("**/events", async (route) => {
        await addRun(results, "run-9", [...events, end]);
        await route.continue();
      });
      await page.goto(address);
      await page.getByRole("link", { name: "run-9" }).waitFor({ timeout: 10_000 });
    });

    await t.test("hostile names stay text", async (t) => {
      const { results, address } = await site(t);
      const hostile = `<img src=x onerror=alert(1)>"'&?#%`;
      await addRun(results, `run ${hostile}`, [
        ...events.map((one) =>
          one.event === "verdict" && one.verdict.id === FAILED
            ? { ...one, verdict: { ...one.verdict, id: `shmem/swap/${hostile}`, reason: hostile } }
            : one,
        ),
        { ...end, event: "end", status: "failed", reason: hostile } as JournalEvent,
      ]);
      const { page, errors } = await watchedPage(browser);
      await page.goto(address);
      await page.getByRole("link", { name: `run ${hostile}`, exact: true }).click();
      await page.getByRole("heading", { level: 1 }).waitFor();
      t.equal(await page.locator("img").count(), 0);
      await page.goto(`${address}cases/shmem/swap/${encodeURIComponent(hostile)}`);
      t.equal(await page.locator("h1").textContent(), `shmem/swap/${hostile}`);
      t.equal(await page.locator("img").count(), 0);
      t.same(errors, []);
    });
  });
});

t.test("a run is live as long as somebody is at it, however long a case takes", async (t) => {
  const { results, address } = await site(t);
  const directory = join(results, "run-4");
  await addRun(results, "run-4", events.slice(0, 2));
  const journal = await openJournal(directory);
  const long = new Date(Date.now() - 3_600_000);
  await utimes(join(directory, "journal.ndjson"), long, long);
  t.match(await ask(address, "/runs/run-4/"), { text: /1 of 6 cases are done/ });
  const now = new Date();
  await utimes(join(directory, "journal.ndjson"), now, now);
  await journal.close();
  t.match(await ask(address, "/runs/run-4/"), { text: /was interrupted after 1 case of 6/ });
});
