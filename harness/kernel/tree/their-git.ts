// git on a repository of the user's, which is read and never written to.
import { runTool, type ToolOptions, type ToolResult } from "../../process/tool.ts";

/**
 * Runs git on a repository by its top. In a container a checkout often belongs to another user than
 * the one who builds it, and git refuses it, as its configuration could start programs. So could the
 * Makefiles of a tree, which run anyway once somebody has named it: for that one path git is told to
 * go on. A stranger's repository somewhere above it stays refused.
 *
 * @param repository an absolute path without links, as git compares it
 */
export function theirGit(
  repository: string,
  args: readonly string[],
  options: ToolOptions = {},
): Promise<ToolResult> {
  const safe = ["-c", `safe.directory=${repository}`];
  return runTool("git", [...safe, "-C", repository, ...args], options);
}
