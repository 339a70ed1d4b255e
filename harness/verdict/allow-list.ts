// Which findings are recorded and fail nothing: known ones of known kernels, each with its reason.
import { join } from "node:path";
import { z } from "zod";
import { isBetween, kernelVersion } from "../kernel/release.ts";
import { projectDirectory } from "../process/directories.ts";
import { readYaml } from "../process/yaml-file.ts";
import { matchesTitle, titlePattern } from "./finding-title.ts";

const allowedSchema = z.strictObject({
  title: titlePattern,
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
  return list.find((one) => isBetween(release, one) && matchesTitle(one.title, title))?.why;
}
