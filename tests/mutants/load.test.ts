// Mutants as they stand in files.
import t from "tap";
import { loadMutants } from "../../harness/mutants/load.ts";

t.test("ours are all well-formed, and more than sixty", async (t) => {
  const mutants = await loadMutants();
  t.ok(mutants.length >= 60);
  for (const { id, why, places } of mutants) {
    t.match(why, /^[^.]+$/, id);
    for (const { smpl } of places) t.match(smpl, /^@@\n[^@]*\n@@\n[^@]*^[-+]/m, id);
  }
});

t.test("a mistake is named with its place", async (t) => {
  const directory = t.testdir({ "a.yaml": "- id: a-b\n  why: it is odd\n  file: mm/memory.c\n" });
  await t.rejects(loadMutants(directory), { message: /a\.yaml:1:3: 0\.function: / });
  const other = t.testdir({ "a.yaml": "- id: A b\n" });
  await t.rejects(loadMutants(other), { message: /a\.yaml:1:7: 0\.id: / });
});

t.test("what a further place leaves out is as in the first, but for the versions", async (t) => {
  const text = `- id: a
  why: it is odd
  file: mm/memory.c
  function: f
  since: "6.1"
  change: |
    - x
    + y
  or:
    - function: g
`;
  const [mutant] = await loadMutants(t.testdir({ "a.yaml": text }));
  t.match(mutant?.places, [
    { file: "mm/memory.c", function: "f", since: "6.1" },
    { file: "mm/memory.c", function: "g", since: undefined, smpl: /- x\n\+ y/ },
  ]);
});

t.test("a semantic patch is a mutant by its file's name", async (t) => {
  const directory = t.testdir({
    "deleted-call.cocci": "// The call goes.\n@@ @@\n- f();\n",
    "notes.txt": "no mutant",
  });
  t.match(await loadMutants(directory), [{ id: "deleted-call", why: "The call goes." }]);
});

t.test("two of one name, and none at all", async (t) => {
  const twins = t.testdir({ "a.cocci": "@@ @@\n- f();\n", "b.yaml": "[]" });
  t.equal((await loadMutants(twins)).length, 1);
  await t.rejects(loadMutants(t.testdir({ "x.txt": "" })), {
    message: /no \*\.yaml and no .*docs\/mutation-testing\.md/,
  });
  await t.rejects(loadMutants("/nonexistent"), { message: /can't be read/ });
});
