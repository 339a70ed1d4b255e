// Which formats there are.
import { UsageError } from "../errors.ts";
import type { Format } from "./format.ts";
import { github } from "./github.ts";
import { html } from "./html/run-page.tsx";
import { json } from "./json.ts";
import { junit } from "./junit.ts";
import { kcidb } from "./kcidb.ts";
import { ktap } from "./ktap.ts";
import { markdown } from "./markdown.ts";
import { sarif } from "./sarif.ts";
import { terminal } from "./terminal.ts";

export const formats: readonly Format[] = [
  terminal,
  ktap,
  junit,
  json,
  kcidb,
  markdown,
  html,
  github,
  sarif,
];

/** A format, and the file it was asked to go to. */
export interface FormatRequest {
  readonly format: Format;
  /** Standard output where there is none. */
  readonly file: string | undefined;
}

/**
 * Reads `FORMAT` or `FORMAT=FILE`.
 *
 * @throws {UsageError} when there is no such format
 */
export function parseFormat(text: string): FormatRequest {
  const at = text.indexOf("=");
  const name = at < 0 ? text : text.slice(0, at);
  const file = at < 0 ? undefined : text.slice(at + 1);
  const format = formats.find((one) => one.name === name);
  if (!format || file === "") {
    const names = formats.map((one) => one.name).join(", ");
    throw new UsageError(`--format ${text}: the formats are ${names}, each perhaps with =FILE.`);
  }
  return { format, file };
}
