import { appendFileSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import t from "tap";
import { doneTurns } from "../../harness/record/derive-run.ts";
import { openJournal, readJournal } from "../../harness/record/journal.ts";
import { begin, events } from "./sample-journal.ts";

t.test("what is appended is read back in order", async (t) => {
  const directory = t.testdir();
  const journal = await openJournal(directory);
  await Promise.all([begin, ...events].map((event) => journal.append(event)));
  await journal.close();
  const read = await readJournal(directory);
  t.same(read, JSON.parse(JSON.stringify([begin, ...events])));
  t.same(doneTurns(read).size, 5);
});

t.test("each event is on disk when append returns", async (t) => {
  const directory = t.testdir();
  const journal = await openJournal(directory);
  await journal.append(begin);
  t.equal(readFileSync(join(directory, "journal.ndjson"), "utf8"), `${JSON.stringify(begin)}\n`);
  await journal.close();
});

t.test("a torn last line is left out, and the next one starts anew", async (t) => {
  const directory = t.testdir();
  const file = join(directory, "journal.ndjson");
  writeFileSync(file, `${JSON.stringify(begin)}\n`);
  appendFileSync(file, JSON.stringify(events[1]).slice(0, 40));
  t.equal((await readJournal(directory)).length, 1);
  const journal = await openJournal(directory);
  await journal.append(events[1] as never);
  await journal.close();
  t.equal((await readJournal(directory)).length, 2);
});

t.test("nobody else goes on with a journal that somebody is at", async (t) => {
  const directory = t.testdir();
  const journal = await openJournal(directory);
  await t.rejects(openJournal(directory), { name: "UsageError", message: /Another uffdwp/ });
  await journal.close();
  await (await openJournal(directory)).close();
});

t.test("who has its journal removed learns it with the next event", async (t) => {
  const directory = t.testdir();
  const journal = await openJournal(directory);
  await journal.append(begin);
  rmSync(join(directory, "journal.ndjson"));
  const lost = { name: "HarnessError", message: /was removed while we wrote to it/ };
  await t.rejects(journal.append(events[1] as never), lost);
  await t.rejects(journal.append(events[1] as never), lost);
  await journal.close();
});

t.test("what is no journal is a mistake", async (t) => {
  await t.rejects(readJournal("/nonexistent"), { message: /holds no run/ });
  const directory = t.testdir({ "journal.ndjson": '{"event":"end"}\n' });
  await t.rejects(readJournal(directory), { message: /does not begin with a run/ });
});
