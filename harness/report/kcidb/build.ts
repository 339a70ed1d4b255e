// What was tested, in KCIDB's words: source and series, and the kernel built from them.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { architecture } from "../../kernel/architecture.ts";
import type { Run } from "../../record/run-schema.ts";
import { kernelWords } from "../words.ts";
import { type Ids, ORIGIN } from "./ids.ts";
import { excerpt, plain } from "./text.ts";

/** A series that was asked for by its message id. */
const MESSAGE_ID = /^<?([^\s/<>]+@[^\s/<>]+)>?$/;

export function renderCheckout(run: Run, ids: Ids) {
  const { kernel } = run;
  const messageId = kernel.series.length > 0 ? messageIdOf(run) : undefined;
  return {
    id: ids.checkout,
    origin: ORIGIN,
    start_time: run.started,
    valid: patchesApply(run),
    comment: plain(kernelWords(run)),
    patchset_hash: patchsetHash(run),
    ...(kernel.commit && { git_commit_hash: kernel.commit }),
    ...(messageId && { message_id: messageId }),
    ...(!patchesApply(run) && excerpt(run.reason)),
    misc: { source: kernel.source, series: kernel.series },
  };
}

export function renderBuild(run: Run, ids: Ids, directory: string) {
  const failed = run.status === "untestable" && run.machine === null;
  const compiler = compilerOf(directory);
  return {
    id: ids.build,
    checkout_id: ids.checkout,
    origin: ORIGIN,
    start_time: run.started,
    architecture: architecture.arch,
    status: failed ? "FAIL" : "PASS",
    ...(run.kernel.kconfig.length > 0 && { config_name: plain(run.kernel.kconfig.join("+")) }),
    ...(compiler && { compiler: plain(compiler) }),
    ...(failed && excerpt(run.reason)),
    misc: { build_id: run.kernel.buildId ?? "", config_hash: run.kernel.configHash },
  };
}

/** What harness/kernel/series/apply.ts says of a patch that does not. */
export function patchesApply({ status, reason }: Run): boolean {
  return status !== "untestable" || !/^Patch \d+ of \d+ does not apply/.test(reason);
}

/** "A sha256 hash over newline-terminated sha256 hashes of each patch"; "" for none. */
function patchsetHash({ kernel }: Run): string {
  if (kernel.patches.length === 0) return "";
  const lines = kernel.patches.map(({ sha256 }) => `${sha256}\n`).join("");
  return createHash("sha256").update(lines).digest("hex");
}

function messageIdOf({ request }: Run): string | undefined {
  const at = request.indexOf("--series");
  return MESSAGE_ID.exec(request[at + 1] ?? "")?.[1];
}

/** As the resolved configuration names it, which is part of the record. */
function compilerOf(directory: string): string | undefined {
  try {
    const config = readFileSync(join(directory, "config"), "utf8");
    return /^CONFIG_CC_VERSION_TEXT="(.*)"$/m.exec(config)?.[1];
  } catch {
    return undefined;
  }
}
