// From two bodies of a function to one that decides at run time: what is guarded, and that it compiles.
import t, { type Test } from "tap";
import { blame } from "../../harness/mutants/blame.ts";
import { compareBodies, type Spot } from "../../harness/mutants/compare.ts";
import { parseBody } from "../../harness/mutants/syntax.ts";
import { weave } from "../../harness/mutants/weave.ts";
import { trace } from "./trace.ts";

const BODY = `{
	int ret = start(1);

	if (ret && pte_uffd_wp(ret))
		act(ret, 2);
	list_for_each(ret) {
		act(ret, 3);
	}
	switch (ret) {
	case 1:
		act(ret, 4);
		break;
	default:
		ret = FLAG_A | FLAG_B;
	}
	if (ret < 0)
		goto out;
	act(ret, 5);
#ifdef SOMETHING
	act(ret, 6);
#endif
out:
	return ret;
}`;

/** Each change, and what is guarded for it. */
const CHANGES: readonly [name: string, from: string, to: string, spots: Partial<Spot>[]][] = [
  ["a condition", "ret && pte_uffd_wp(ret)", "ret", [{ kind: "condition", changed: "ret" }]],
  ["a negation", "if (ret < 0)", "if (!(ret < 0))", [{ kind: "condition" }]],
  ["a value", "FLAG_A | FLAG_B", "FLAG_B", [{ kind: "value", changed: "FLAG_B" }]],
  ["an initialiser", "start(1)", "start(0)", [{ kind: "value", changed: "0" }]],
  ["what is returned", "return ret", "return 0", [{ kind: "value", changed: "0" }]],
  ["a statement that goes", "\tact(ret, 5);\n", "", [{ kind: "statements", changed: "" }]],
  ["another function", "act(ret, 5)", "other(ret)", [{ kind: "statements" }]],
  [
    "only a new statement",
    "act(ret, 5);",
    "act(ret, 5);\n\tact(ret, 7);",
    [{ kind: "statements" }],
  ],
  ["a new if around one", "act(ret, 5);", "if (ret)\n\t\tact(ret, 5);", [{ kind: "statements" }]],
  [
    "an if that goes",
    "if (ret && pte_uffd_wp(ret))\n\t\tact(ret, 2);",
    "",
    [{ kind: "condition", changed: "0" }],
  ],
  ["in a macro's loop", "act(ret, 3)", "act(ret, 0)", [{ kind: "value", changed: "0" }]],
  ["a case", "case 1:\n\t\tact(ret, 4);\n\t\tbreak;\n", "", [{ kind: "statements" }]],
  ["a break", "\t\tbreak;\n", "", [{ kind: "statements", changed: "" }]],
  ["a label moves", "#endif\nout:", "out:\n#endif", [{ kind: "statements" }]],
  ["a goto", "goto out;", "return 1;", [{ kind: "statements", changed: "return 1;" }]],
  ["a declaration", "act(ret, 5);", "int more = 5;\n\tact(ret, more);", [{ kind: "statements" }]],
  ["within an #ifdef", "\tact(ret, 6);\n", "", [{ kind: "statements", changed: "" }]],
];

for (const [name, from, to, expected] of CHANGES) {
  t.test(`guarded: ${name}`, async (t) => {
    const changed = BODY.replace(from, to);
    t.not(changed, BODY);
    const spots = await spotsOf(changed);
    t.match(spots, expected);
    if (name === "a label moves") return;
    await behavesAsBoth(t, weave(BODY, [{ number: 7, spot: spots[0] as Spot }]), changed);
  });
}

t.test("layout and comments are no change", async (t) => {
  t.same(await spotsOf(BODY.replace("act(ret, 5);", "act(ret,\n\t\t/* five */ 5);")), []);
});

t.test("all changes at once, each with its number", async (t) => {
  const spots: { number: number; spot: Spot }[] = [];
  for (const [i, [name, from, to]] of CHANGES.entries()) {
    if (name === "a label moves") continue;
    for (const spot of await spotsOf(BODY.replace(from, to))) spots.push({ number: i + 1, spot });
  }
  const woven = weave(BODY, spots);
  t.equal(await trace(woven, 0), await trace(BODY, 0), "asleep, the function is as it was");
  for (const [i, [name, from, to]] of CHANGES.entries()) {
    if (name === "a label moves") continue;
    t.equal(await trace(woven, i + 1), await trace(BODY.replace(from, to), 0), name);
  }
});

t.test("an error is blamed on the innermost guard around it", async (t) => {
  const spot = (await spotsOf(BODY.replace("act(ret, 5)", "other(ret)")))[0] as Spot;
  const woven = weave(BODY, [{ number: 12, spot }]);
  const line = woven.split("\n").findIndex((one) => one.includes("other(ret)")) + 1;
  const files = new Map([["mm/memory.c", woven]]);
  const error = (at: number) => `/tmp/src/mm/memory.c:${at}:3: error: no such thing\n`;
  t.same([...blame(error(line), files)], [12]);
  t.same([...blame(error(1), files)], []);
  t.same([...blame(`mm/memory.c:${line}:3: warning: odd\n`, files)], []);
});

async function spotsOf(changed: string): Promise<Spot[]> {
  return compareBodies(await parseBody(BODY), await parseBody(changed));
}

async function behavesAsBoth(t: Test, woven: string, changed: string): Promise<void> {
  t.equal(await trace(woven, 0), await trace(BODY, 0), "asleep");
  t.equal(await trace(woven, 7), await trace(changed, 0), "awake");
}
