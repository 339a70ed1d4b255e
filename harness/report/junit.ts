// JUnit's XML, as Jenkins, GitLab and others read it: one testsuite a suite.
import { create } from "xmlbuilder2";
import type { Run, RunCase } from "../record/run-schema.ts";
import { isUnexpected } from "../verdict/verdict.ts";
import { type Beyond, beyondCases, caseName, findingsOfCase, headline } from "./case-words.ts";
import type { Format } from "./format.ts";
import { kernelWords } from "./words.ts";

type Element = Record<string, unknown>;

export const junit: Format = {
  name: "junit",
  keptAs: "junit.xml",
  render(run) {
    const suites = [...new Set(run.cases.map((one) => one.suite))];
    const beyond = beyondCases(run);
    const document = {
      testsuites: {
        ...attributes({ name: "uffdwp", ...counts(run.cases, beyond) }),
        testsuite: [
          ...suites.map((suite) => renderSuite(run, suite)),
          ...(beyond.length > 0 ? [renderBeyond(run, beyond)] : []),
        ],
      },
    };
    // A case may have printed what XML can't hold.
    const options = { encoding: "UTF-8", invalidCharReplacement: "\ufffd" };
    return `${create(options, document).end({ prettyPrint: true })}\n`;
  },
};

/** What fails the run and is no case: without it a failed run would look green. */
function renderBeyond(run: Run, beyond: readonly Beyond[]): Element {
  return {
    ...attributes({ name: "run", timestamp: run.started.slice(0, 19), ...counts([], beyond) }),
    testcase: beyond.map(({ name, message, lines, kind }) => ({
      ...attributes({ classname: "uffdwp.run", name, time: "0.000" }),
      [kind]: { ...attributes({ message, type: run.status }), "#": lines.join("\n") },
    })),
  };
}

function renderSuite(run: Run, suite: string): Element {
  const cases = run.cases.filter((one) => one.suite === suite);
  return {
    ...attributes({ name: suite, timestamp: run.started.slice(0, 19), ...counts(cases) }),
    properties: {
      property: [
        attributes({ name: "kernel", value: kernelWords(run) }),
        attributes({ name: "build-id", value: run.kernel.buildId ?? "" }),
      ],
    },
    testcase: cases.map((one) => renderCase(run, one)),
  };
}

function renderCase(run: Run, one: RunCase): Element {
  const time = (one.durationMs / 1000).toFixed(3);
  return {
    ...attributes({ classname: `uffdwp.${one.suite}`, name: caseName(run, one), time }),
    ...problem(run, one),
    ...(one.output && { "system-out": one.output }),
  };
}

function problem(run: Run, one: RunCase): Element {
  if (!isUnexpected(one)) {
    const skipped = one.verdict === "known" || one.outcome === "skip";
    return skipped ? { skipped: attributes({ message: one.because }) } : {};
  }
  const logs = findingsOfCase(run, one).flatMap(({ lines }) => lines);
  const message = [headline(one), one.reason].filter(Boolean).join(": ");
  const content = {
    ...attributes({ message, type: one.verdict }),
    "#": [one.title, ...logs].join("\n"),
  };
  return isError(one) ? { error: content } : { failure: content };
}

/** A failure speaks of the kernel, an error of us. */
function isError(one: RunCase): boolean {
  return one.verdict === "lost";
}

function counts(
  cases: readonly RunCase[],
  beyond: readonly Beyond[] = [],
): Record<string, string | number> {
  const bad = cases.filter(isUnexpected);
  const lost = bad.filter(isError).length;
  const errors = lost + beyond.filter(({ kind }) => kind === "error").length;
  const tests = cases.length + beyond.length;
  const failures = bad.length + beyond.length - errors;
  const skipped = cases.filter(
    ({ verdict, outcome }) => verdict === "known" || (verdict === "ok" && outcome === "skip"),
  ).length;
  const ms = cases.reduce((sum, one) => sum + one.durationMs, 0);
  return {
    tests,
    failures,
    errors,
    skipped,
    time: (ms / 1000).toFixed(3),
  };
}

function attributes(values: Record<string, string | number>): Element {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [`@${name}`, value]));
}
