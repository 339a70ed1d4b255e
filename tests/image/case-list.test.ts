import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import t from "tap";
import { listCases } from "../../harness/image/case-list.ts";

const CASE = { mapping: "none", form: "none", operation: "x", title: "it holds" };

t.test("a program's ids are names, never paths, options or commands", async (t) => {
  const root = t.testdir();
  const program = join(root, "survive");
  const list = (id: string) => {
    writeFileSync(join(root, "list"), `${JSON.stringify({ ...CASE, id })}\n`);
    writeFileSync(program, `#!/bin/sh\ncat '${join(root, "list")}'\n`);
    chmodSync(program, 0o755);
    return listCases([program], root);
  };
  t.match(await list("shmem-private/swap/madv-dontneed"), [
    { id: "shmem-private/swap/madv-dontneed", suite: "survive", program: "/survive" },
  ]);
  const hostile = [
    ...["../x", "..", ".", "a/../b", "a/..", "/etc/passwd", "a//b", "a/", "a/.b", "~/x"],
    ...["-x", "--list", "a b", "a\nrun 2", "a\n", "a\0", "a;b", "$(touch pwned)", "`x`", "a|b"],
    ...["a\\b", "<b>", "Ä", "a\u202eb", ""],
  ];
  for (const id of hostile) {
    const refused = { message: /^\/survive --list prints a line that describes no case/ };
    await t.rejects(list(id), refused, JSON.stringify(id));
  }
});

t.test("what is no description is refused as well, and so are two of one name", async (t) => {
  const root = t.testdir();
  const program = join(root, "survive");
  const lines = JSON.stringify({ ...CASE, id: "a/b" });
  for (const [printed, message] of [
    ["words", /describes no case/],
    ["{}", /describes no case/],
    [`${lines}\n${lines}`, /Two cases are called a\/b/],
  ] as const) {
    writeFileSync(program, `#!/bin/sh\ncat <<'END'\n${printed}\nEND\n`, { mode: 0o755 });
    await t.rejects(listCases([program], root), { message }, printed);
  }
});
