// uffdwp doctor: what this machine has and lacks.
import { Command } from "commander";
import { checkMachine } from "../doctor/checks.ts";
import { HarnessError } from "../errors.ts";
import { projectDirectory } from "../process/directories.ts";
import { runTool } from "../process/tool.ts";
import { colorsFor } from "./colors.ts";
import { type OutputFlags, print, withOutputOptions } from "./output.ts";

export function doctorCommand(): Command {
  const command = new Command("doctor")
    .description("what this machine has and lacks")
    .option("--fix", "install what is missing (runs setup.sh)");
  withOutputOptions(command);
  return command.action(async () => {
    const flags = command.opts<OutputFlags & { fix?: boolean }>();
    if (flags.fix) await setUp(flags);
    const checks = await checkMachine();
    const ok = checks.every((check) => check.ok || check.optional);
    print(
      flags,
      { ok, checks: checks.map(({ name, ok, found, fix }) => ({ name, ok, found, fix })) },
      () =>
        [
          ...checks.map(line),
          ok
            ? "This machine can do the main job."
            : "Something is missing: npx uffdwp doctor --fix",
        ].join("\n"),
    );
    if (!ok) process.exitCode = 128;
  });
}

function line({
  name,
  ok,
  optional,
  found,
  fix,
}: Awaited<ReturnType<typeof checkMachine>>[number]) {
  const colors = colorsFor(process.stdout);
  const mark = ok ? colors.green("✓") : optional ? colors.yellow("–") : colors.red("✗");
  return `${mark} ${name.padEnd(20)} ${found}${ok || !fix ? "" : `\n  ${fix}`}`;
}

async function setUp({ quiet }: OutputFlags): Promise<void> {
  const say = (text: string) => void (quiet || process.stderr.write(`${text}\n`));
  const result = await runTool("sh", ["setup.sh"], { cwd: projectDirectory, onLine: say });
  if (result.failed) throw new HarnessError(`setup.sh failed:\n${result.all.slice(-2000)}`);
}
