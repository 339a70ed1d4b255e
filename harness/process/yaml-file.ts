// YAML files of the user's, checked against a schema; a mistake is named with its place.
import { readFile } from "node:fs/promises";
import { type Document, isMap, isNode, isScalar, LineCounter, parseDocument } from "yaml";
import type { z } from "zod";
import { UsageError } from "../errors.ts";

/**
 * Reads one document.
 *
 * @throws {UsageError} as `FILE:LINE:COLUMN: what was expected`, for the first few mistakes
 */
export async function readYaml<S extends z.ZodType>(path: string, schema: S): Promise<z.infer<S>> {
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`${path} can't be read: ${error.message}`);
  });
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return `${path}:${line}:${col}`;
  };
  if (document.errors.length > 0) {
    throw new UsageError(
      document.errors.map(({ pos, message }) => `${at(pos[0])}: ${message}`).join("\n"),
    );
  }
  const result = schema.safeParse(document.toJS() ?? {});
  if (result.success) return result.data;
  const mistakes = result.error.issues.map((issue) => {
    const place = issue.code === "unrecognized_keys" ? keyOffset : valueOffset;
    const path =
      issue.code === "unrecognized_keys" ? [...issue.path, issue.keys[0] ?? ""] : issue.path;
    return `${at(place(document, path))}: ${issue.path.join(".") || "the document"}: ${issue.message}`;
  });
  throw new UsageError(mistakes.slice(0, 5).join("\n"));
}

/** Where a key stands in the map that holds it. */
function keyOffset(document: Document, path: readonly PropertyKey[]): number {
  const map = path.length > 1 ? document.getIn(path.slice(0, -1), true) : document.contents;
  const pairs = isMap(map) ? map.items : [];
  const key = pairs
    .map((pair) => pair.key)
    .find((one) => isScalar(one) && one.value === path.at(-1));
  return isNode(key) && key.range ? key.range[0] : valueOffset(document, path);
}

/** Where the deepest part of a path stands that the document has. */
function valueOffset(document: Document, path: readonly PropertyKey[]): number {
  for (let depth = path.length; depth > 0; depth--) {
    const node = document.getIn(path.slice(0, depth), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return isNode(document.contents) ? (document.contents.range?.[0] ?? 0) : 0;
}
