import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import t from "tap";
import { deriveRun } from "../../../harness/record/derive-run.ts";
import { html } from "../../../harness/report/html/run-page.tsx";
import { begin, end, events } from "../../record/sample-journal.ts";

const run = deriveRun([begin, ...events, end]);
const render = (changes = {}, directory = "/nowhere") =>
  html.render({ ...run, ...changes }, { directory, color: false });

t.test("the page is one file that loads nothing, with everything escaped", async (t) => {
  const text = render();
  t.notMatch(text, /src=|<link|@import|url\(/);
  t.match(text, /Content-Security-Policy" content="default-src 'none'/);
  t.match(text, /mm: break &lt;it> &amp; &quot;more&quot;/);
  t.match(text, /expected &lt;marker>/);
  const hostile = '<img src=x onerror="alert(1)"></script>';
  const cases = run.cases.map((one) => ({ ...one, id: hostile, title: hostile, reason: hostile }));
  t.notMatch(render({ cases }), /<img|<\/script>"/);
});

t.test("every case has one place, and every link within the page leads somewhere", async (t) => {
  const text = render();
  for (const { id } of run.cases) t.match(text, `id="case-${id}"`);
  const anchors = [...text.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]);
  t.equal(new Set(anchors).size, anchors.length, "no anchor twice");
  for (const [, target] of text.matchAll(/href="#([^"]+)"/g)) {
    t.ok(anchors.includes(target), `${target}`);
  }
});

t.test("the verdict is one sentence", async (t) => {
  const sentence = (changes: object) => /<h1>([^<]*)<\/h1>/.exec(render(changes))?.[1];
  t.equal(
    sentence({}),
    "Linux 6.1.192 with 1 patch does not behave as expected: 1 case fails, the kernel complains outside of cases, 2 cases could not be judged.",
  );
  const totals = { ...run.totals, regression: 0, lost: 0, ok: 5 };
  t.equal(
    sentence({ status: "passed", totals }),
    "Linux 6.1.192 with 1 patch keeps write-protection: 6 cases as expected, 1 of them known bugs.",
  );
  t.equal(
    sentence({ status: "untestable", kernel: { ...run.kernel, release: "", series: [] } }),
    "linux-source-6.1 6.1.192-2 can't be judged.",
  );
});

t.test("a failure shows the entry's way, its log and its command", async (t) => {
  const directory = t.testdir({});
  await mkdir(join(directory, "guest-0"));
  const id = "shmem-private/swap/madv-dontneed";
  const log = `[ 0.1] boot\r\n[ 0.2] uffdwp: begin 1 ${id}\r\n[ 0.3] in it\r\n[ 0.4] uffdwp: end 1\r\n`;
  await writeFile(join(directory, "guest-0", "console.log"), log);
  const text = render({}, directory);
  const article = /<article[^>]* id="case-shmem-private\/swap\/madv-dontneed">.*?<\/article>/s;
  const shown = (article.exec(text)?.[0] ?? "").replaceAll(/<[^>]+>/g, " ").replaceAll(/\s+/g, " ");
  t.match(shown, /write-protect .*present \+wp .*reclaim .*swap \+wp .*madv-dontneed/);
  t.match(shown, /expected marker \+wp seen none/);
  t.match(shown, /uffdwp: begin 1 .*in it .*uffdwp: end 1/);
  t.match(shown, /npx uffdwp run .*--case shmem-private\/swap\/madv-dontneed/);
  t.match(text, /class="margin id">shmem-private\/swap\/madv-dontneed</);
});

t.test("of a flood the page has the beginning, and says where the rest is", async (t) => {
  const log = (line: string, count: number) =>
    `[ 0.2] uffdwp: begin 1 shmem/present/write\n${`${line}\n`.repeat(count)}[ 9.0] the end\n`;
  const [finding] = run.findings;
  const findings = [5, 60_000].map((line) => ({ ...finding, guest: 0, line, endLine: line }));
  for (const [line, count] of [
    ["flood", 70_000],
    ["x".repeat(10_000), 1_000],
  ] as const) {
    const directory = t.testdir({ "guest-0": { "console.log": log(line, count) } });
    const text = render({ findings }, directory);
    t.ok(text.length < 3_000_000, `${text.length} characters`);
    const [, left] = /(\d+) more lines are left out here/.exec(text) ?? [];
    const shown = text.split(line).length - 1;
    t.equal(Number(left), count - shown + 1);
    t.match(text, 'they stand in <a href="guest-0/console.log">');
    t.match(text, 'href="#finding-0-5"');
    t.notMatch(text, 'href="#finding-0-60000"');
  }
});
