// Which findings are recorded and fail nothing: known ones of known kernels, each with its reason.
import { join } from "node:path";
import { z } from "zod";
import { compareReleases, kernelVersion } from "../kernel/release.ts";
import { projectDirectory } from "../process/directories.ts";
import { readYaml } from "../process/yaml-file.ts";

const allowedSchema = z.strictObject({
  title: z
    .string()
    .regex(/[^*\s]/, "expected more than *")
    .describe("the finding's whole title; * stands for any text"),
  since: kernelVersion.optional().describe("the first kernel that it is known of"),
  until: kernelVersion.optional().describe("the first kernel that it is no longer in"),
  why: z.string().min(1).describe("why it says nothing about uffd-wp"),
  reference: z.string().min(1).optional().describe("a commit, or where it was reported"),
});

export const allowListSchema = z.strictObject({ allow: z.array(allowedSchema).nullable() });

export type AllowedFinding = z.infer<typeof allowedSchema>;

/**
 * Ours, then a person's own.
 *
 * @throws {UsageError} with file, line and column of a mistake
 */
export async function readAllowLists(own: readonly string[]): Promise<AllowedFinding[]> {
  const ours = join(projectDirectory, "cases", "allow.yaml");
  const lists = await Promise.all([ours, ...own].map((path) => readYaml(path, allowListSchema)));
  return lists.flatMap(({ allow }) => allow ?? []);
}

/**
 * Why a finding does not count on a kernel; undefined where it does.
 *
 * @param release as `uname -r` prints it
 */
export function whyAllowed(
  list: readonly AllowedFinding[],
  title: string,
  release: string,
): string | undefined {
  return list.find((one) => isAbout(one, release) && matches(one.title, title))?.why;
}

function isAbout({ since, until }: AllowedFinding, release: string): boolean {
  if (since && compareReleases(release, since) < 0) return false;
  return !until || compareReleases(release, until) < 0;
}

/** Titles have brackets and slashes of their own, so that only * is special. */
function matches(pattern: string, title: string): boolean {
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
