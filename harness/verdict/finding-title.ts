// Titles of findings in YAML files of ours: whole ones, in which * stands for any text.
import { z } from "zod";

export const titlePattern = z
  .string()
  .regex(/[^*\s]/, "expected more than *")
  .describe("the finding's whole title; * stands for any text");

/** Titles have brackets and slashes of their own, so that only * is special. */
export function matchesTitle(pattern: string, title: string): boolean {
  const [first = "", ...rest] = pattern.split(/\*+/);
  if (rest.length === 0) return title === first;
  const last = rest.pop() as string;
  if (!title.startsWith(first) || title.length < first.length + last.length) return false;
  let at = first.length;
  for (const part of rest) {
    const found = title.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return title.endsWith(last) && title.length - last.length >= at;
}
