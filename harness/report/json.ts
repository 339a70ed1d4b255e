// run.json: the run itself.
import type { Format } from "./format.ts";

export const json: Format = {
  name: "json",
  keptAs: "run.json",
  render: (run) => `${JSON.stringify(run, null, 2)}\n`,
};
