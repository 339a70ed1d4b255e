// Where semantic patches go in a tree, in the forms that kernel people write them.
import t, { type Test } from "tap";
import { loadMutants } from "../../harness/mutants/load.ts";
import { type Placed, placeMutant } from "../../harness/mutants/place.ts";
import { modeOf, wordsNeeded } from "../../harness/mutants/semantic-patch.ts";

const FLUSHING = "static int g(int a)\n{\n\tflush_one(a);\n\treturn a;\n}\n";
const ITERATING = `static int h(void)
{
\tdo {
\t\tif (refuses(cur))
\t\t\treturn 1;
\t} for_each_vma_range(vmi, cur, end);
\tfor_each_vma_range(vmi, cur, end)
\t\ttake(cur);
\treturn 0;
}
`;
const TREE = {
  mm: { "do.c": ITERATING, "x.c": FLUSHING, "y.c": FLUSHING.replace("flush_one", "drop_one") },
  lib: { "test_x.c": FLUSHING.replace("flush_one", "probe_one") },
  kernel: { events: { "uprobes.c": FLUSHING.replace("flush_one", "hook_one") } },
  include: { linux: { "x.h": FLUSHING.replace("flush_one", "inline_one") } },
  // The kernel has one, and spatch heeds it.
  ".cocciconfig": "[spatch]\n\toptions = --timeout 200\n\toptions = --use-gitgrep\n",
  tools: { "x.c": FLUSHING.replace("flush_one", "tool_one") },
};

const tree = t.testdir(TREE);

async function placed(t: Test, file: string, text: string): Promise<Placed> {
  const [mutant] = await loadMutants(t.testdir({ [file]: text }));
  return placeMutant(mutant as NonNullable<typeof mutant>, tree, "6.1.0");
}

const FORMS: readonly [form: string, cocci: string, files: string[]][] = [
  ["a rule", "@@\nexpression E;\n@@\n- flush_one(E);\n", ["mm/x.c"]],
  ["signs alone", "// It goes.\n- flush_one(a);\n", ["mm/x.c"]],
  ["a rule on one line", "@@ expression E; @@\n- flush_one(E);\n", ["mm/x.c"]],
  [
    "a mode",
    "virtual context\nvirtual patch\n\n@depends on patch@\nexpression E;\n@@\n- flush_one(E);\n",
    ["mm/x.c"],
  ],
  [
    "a file's path",
    '@r depends on file in "mm/x.c"@\nexpression E;\n@@\n- flush_one(E);\n',
    ["mm/x.c"],
  ],
  ["far away", "@@\nexpression E;\n@@\n- hook_one(E);\n", ["kernel/events/uprobes.c"]],
  ["in a test module", "@@\nexpression E;\n@@\n- probe_one(E);\n", ["lib/test_x.c"]],
  ["in a header", "@@\nexpression E;\n@@\n- inline_one(E);\n", ["include/linux/x.h"]],
  [
    "alternatives",
    "@@\nexpression E;\n@@\n(\n- flush_one(E);\n|\n- drop_one(E);\n)\n",
    ["mm/x.c", "mm/y.c"],
  ],
];

for (const [form, cocci, files] of FORMS) {
  t.test(`planted: ${form}`, async (t) => {
    const result = await placed(t, "a.cocci", cocci);
    if (!("files" in result)) return t.fail(result.reason);
    t.same(
      result.files.map(({ file }) => file),
      files,
    );
    for (const { text } of result.files) t.notMatch(text, /_one/);
  });
}

t.test("what spatch can't read is not what fits nowhere", async (t) => {
  const unreadable = await placed(t, "a.cocci", "@@\nexpression E\n@@\n- flush_one(E;\n");
  t.match(unreadable, {
    unreadable: true,
    reason: /^spatch: .*flush_one|parse error|incompatible/,
  });
  const elsewhere = await placed(t, "a.cocci", "@@\nexpression E\n@@\n- nowhere_one(E;\n");
  t.match(elsewhere, { unreadable: true, reason: /^spatch: / }, "nor where no file has its words");
  const unfit = await placed(t, "a.cocci", "@@\nexpression E;\n@@\n- nowhere_one(E);\n");
  t.match(unfit, { unreadable: false, reason: "nothing in the tree fits the change" });
  const ofTools = await placed(t, "a.cocci", "@@\nexpression E;\n@@\n- tool_one(E);\n");
  t.match(ofTools, { unreadable: false }, "tools are no part of the kernel");
});

t.test("a do that ends with an iterator of the kernel's", async (t) => {
  const yaml = `- id: a
  why: the mappings are not looked at
  file: mm/do.c
  function: h
  change: |
    - refuses(cur)
    + false
`;
  const result = await placed(t, "a.yaml", yaml);
  if (!("files" in result)) return t.fail(result.reason);
  t.equal(result.files[0]?.text, ITERATING.replace("refuses(cur)", "false"));
});

t.test("one place that spatch can't read among others", async (t) => {
  const yaml = (first: string) => `- id: a
  why: it is odd
  file: mm/x.c
  function: g
  with: expression E;
  change: |
    - ${first}
  or:
    - change: |
        - absent_one(E);
`;
  const one = (first: string) => placed(t, "a.yaml", yaml(first));
  t.match(await one("flush_one(E;"), { unreadable: true });
  t.match(await one("lost_one(E);"), { unreadable: false });
});

t.test("the words that a file must have", async (t) => {
  const words = (body: string) => wordsNeeded(`@r@\nexpression E;\nidentifier f;\n@@\n${body}`);
  t.same(words("  if (unlikely(E))\n-\tflush_one(E, NULL);\n+\tother(E);\n"), [
    { words: ["flush_one"], all: true },
  ]);
  t.same(words("- \\(a_one\\|b_one\\)(f);\n"), [{ words: ["a_one", "b_one"], all: false }]);
  t.same(words("- a_one(E);\n  ... when != b_one(E)\n"), [{ words: ["a_one"], all: true }]);
  t.same(words("<...\n- a_one(E);\n...>\n"), [{ words: ["a_one"], all: false }]);
  t.same(words("one(...)\n{\n<...\n- a_one(E) || b_one\n+ 0\n...>\n}\n"), [
    { words: ["one"], all: true },
  ]);
  t.same(wordsNeeded("@script:python@\n@@\nprint(1)\n"), [{ words: [], all: true }]);
  t.same(modeOf("virtual org, patch;\n"), ["-D", "patch"]);
  t.same(modeOf("virtual context\n@@ @@\n- patch();\n"), []);
});
