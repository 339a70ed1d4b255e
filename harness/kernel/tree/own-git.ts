// git on repositories of ours: the same whoever runs us.
import { mustRun, runTool, type ToolOptions, type ToolResult } from "../../process/tool.ts";

export interface OwnGit {
  /** Runs git on our repository; a failure is the caller's to judge. */
  git(args: readonly string[], options?: ToolOptions): Promise<ToolResult>;
  /** The same, but a failure is a HarnessError. */
  mustGit(args: readonly string[], options?: ToolOptions): Promise<string>;
}

/** Independent of whoever runs us: no hooks, no identity, no configuration but this. */
const GIT_ENVIRONMENT = {
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_TERMINAL_PROMPT: "0",
  GIT_AUTHOR_NAME: "uffdwp",
  GIT_AUTHOR_EMAIL: "uffdwp@localhost",
  GIT_COMMITTER_NAME: "uffdwp",
  GIT_COMMITTER_EMAIL: "uffdwp@localhost",
  GIT_AUTHOR_DATE: "2000-01-01T00:00:00Z",
  GIT_COMMITTER_DATE: "2000-01-01T00:00:00Z",
} as const;

const GIT_OPTIONS = [
  ...["-c", "core.hooksPath=/dev/null", "-c", "core.autocrlf=false", "-c", "core.fsync=none"],
  ...["-c", "core.compression=1", "-c", "gc.auto=0", "-c", "core.quotePath=false"],
];

/** @param place GIT_DIR, and GIT_WORK_TREE where there is one */
export function ownGit(place: Readonly<Record<string, string>>, cwd: string): OwnGit {
  function run(args: readonly string[], options: ToolOptions = {}) {
    const env = { ...GIT_ENVIRONMENT, ...place, ...options.env };
    return [[...GIT_OPTIONS, ...args], { cwd, ...options, env }] as const;
  }
  return {
    git: (args, options) => runTool("git", ...run(args, options)),
    mustGit: async (args, options) => (await mustRun("git", ...run(args, options))).stdout.trim(),
  };
}
