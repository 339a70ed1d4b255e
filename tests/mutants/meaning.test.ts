// Asleep, a guard means what the kernel said; awake, what the mutant says: where that is easily missed.
import t, { type Test } from "tap";
import { compareBodies } from "../../harness/mutants/compare.ts";
import { parseBody } from "../../harness/mutants/syntax.ts";
import { type NumberedSpot, weave } from "../../harness/mutants/weave.ts";
import { trace } from "./trace.ts";

/** Mutants 1, 2, ... of a body in one, against each by itself. */
async function allMeanTheSame(t: Test, body: string, ...changed: string[]): Promise<string> {
  const spots: NumberedSpot[] = [];
  for (const [i, text] of changed.entries()) {
    t.not(text, body);
    for (const spot of compareBodies(await parseBody(body), await parseBody(text))) {
      spots.push({ number: i + 1, spot });
    }
  }
  const woven = weave(body, spots);
  t.equal(await trace(woven, 0), await trace(body, 0), "asleep");
  for (const [i, text] of changed.entries()) {
    t.equal(await trace(woven, i + 1), await trace(text, 0), `awake: ${i + 1}`);
  }
  return woven;
}

t.test("a switch asks for more than the truth", async (t) => {
  const body = `{
	switch (start(1)) {
	case 2:
		act(2, 0);
		break;
	case 1:
		act(1, 0);
	}
	return 0;
}`;
  await allMeanTheSame(t, body, body.replace("start(1)", "(start(2))"));
  const simple = body.replace("start(1)", "input");
  await allMeanTheSame(t, simple, simple.replace("input", "input + 1"));
});

t.test("the condition before ?: is a value as well", async (t) => {
  const body = "{\n\treturn input ?: start(7);\n}";
  await allMeanTheSame(t, body, body.replace("input ?:", "input * 3 ?:"));
  const whole = "{\n\treturn input ? start(7) : 5;\n}";
  const woven = await allMeanTheSame(t, whole, whole.replace("input ?", "!input ?"));
  t.match(woven, "_Bool", "with both answers it is only asked for its truth");
});

t.test("a loop's condition is one", async (t) => {
  const body = `{
	int i = 3;

	while (i)
		act(i--, 0);
	do {
		act(i++, 1);
	} while (i < input);
	for (i = 0; i - input < 0; i++)
		act(i, 2);
	return i;
}`;
  await allMeanTheSame(
    t,
    body,
    body.replace("while (i)", "while (i - 1)"),
    body.replace("i < input", "i < 1"),
    body.replace("i - input < 0", "i < 1"),
  );
});

t.test("what is added behind a branch without braces is not in it", async (t) => {
  const body = `{
	if (input > 1)
		act(input, 5);
	return 0;
}`;
  const added = body.replace("5);", "5);\n\tother(1);");
  await allMeanTheSame(t, body, body.replace("act(input, 5)", "other(input)"), added);
  await allMeanTheSame(t, body, added, body.replace("act(input, 5)", "other(input)"));
});

t.test("what is added at a block's begin stands beside what goes there", async (t) => {
  const body = "{act(1, 2);\n\treturn 0;}";
  await allMeanTheSame(
    t,
    body,
    body.replace("act(1, 2);", ""),
    body.replace("{act", "{other(3);\n\tact"),
  );
});

t.test("an else keeps its if where a branch has been empty", async (t) => {
  const body = `{
	if (input > 1)
		;
	else
		act(input, 5);
	return 0;
}`;
  await allMeanTheSame(t, body, body.replace("\t;", "\tother(2);"));
});

t.test("a call that does something is made as often as before", async (t) => {
  const body = "{\n\tif (count())\n\t\tact(1, 2);\n\treturn 0;\n}";
  const woven = await allMeanTheSame(t, body, body.replace("count()", "!count()"));
  t.notMatch(woven, "uffdwp_mutant_differs", "a difference is assumed");
});
