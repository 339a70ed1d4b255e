// The patches of a git range, as mails.
import { UsageError } from "../../errors.ts";
import { theirGit } from "../tree/their-git.ts";
import type { ResolvedRange } from "./range.ts";

/** A file order, attributes, headers that somebody has configured would be in the patches. */
const SETTINGS = [
  "core.attributesFile=/dev/null",
  "core.quotePath=true",
  "diff.suppressBlankEmpty=false",
  "format.useAutoBase=false",
  "format.encodeEmailHeaders=true",
  "format.mboxrd=false",
].flatMap((setting) => ["-c", setting]);
const DIFF = [
  "--patch",
  "--no-color",
  "--no-ext-diff",
  "--no-textconv",
  "--no-relative",
  "--full-index",
  "--src-prefix=a/",
  "--dst-prefix=b/",
  "--unified=3",
  "--inter-hunk-context=0",
  "-O/dev/null",
  "--diff-algorithm=myers",
  "--indent-heuristic",
  "--find-renames",
  "-l1000",
];
const MAIL = [
  "--no-signature",
  "--no-attach",
  "--no-thread",
  "--no-notes",
  "--no-cover-letter",
  "--no-signoff",
  "--no-to",
  "--no-cc",
  "--no-add-header",
  "--no-from",
  "--no-numbered",
  "--subject-prefix=PATCH",
  "--encoding=UTF-8",
];

/** Writes the range as an mbox, the same whatever the user's git is configured to do. */
export async function writeRange(
  repository: string,
  { base, tip }: ResolvedRange,
  mbox: string,
): Promise<void> {
  const args = ["format-patch", "--stdout", ...MAIL, ...DIFF, `${base}..${tip}`, "--"];
  const result = await theirGit(repository, [...SETTINGS, ...args], {
    files: { stdout: mbox, stderr: "/dev/null" },
    // It would win over the flag.
    env: { GIT_DIFF_OPTS: "" },
  });
  if (result.failed) throw new UsageError(`${repository} has no patches ${base}..${tip}.`);
}
