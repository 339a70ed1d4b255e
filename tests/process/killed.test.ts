// A harness that is killed with SIGKILL: whatever takes long and was started by it ends as well.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { execa } from "execa";
import t from "tap";
import { commandLine } from "../e2e/processes.ts";

const harness = join(import.meta.dirname, "../../harness");

/** Says its process id and stays. */
const STAYS = `#!/bin/sh
test "$1" = --version && exec echo version 1
echo $$ > "$PID_FILE.new" && mv "$PID_FILE.new" "$PID_FILE"
exec sleep 60
`;

/** What a harness calls, and the program that it waits for then. */
const LONG: Readonly<Record<string, readonly [module: string, call: string]>> = {
  make: ["image/compile.ts", "compileCases('/', process.env.UFFDWP_CACHE)"],
  spatch: ["mutants/spatch.ts", "spatch('', '', 'mm/memory.c')"],
  "apt-cache": ["kernel/source/apt.ts", "newestPackages(/./, { status() {} })"],
  "apt-get": ["kernel/source/apt.ts", "unpackPackage({}, process.env.UFFDWP_CACHE)"],
};

for (const [program, [module, call]] of Object.entries(LONG)) {
  t.test(`${program} does not outlive it`, async (t) => {
    const top = t.testdir({ bin: {}, cache: { apt: {} } });
    writeFileSync(join(top, "bin", program), STAYS, { mode: 0o755 });
    // Package lists that are fresh, and a place for temporary files.
    writeFileSync(join(top, "cache", "apt", "refreshed"), "");
    mkdirSync(join(top, "tmp"));
    const file = join(top, "pid");
    const running = execa(
      process.execPath,
      [
        ...["--import", "tsx", "--input-type=module", "--eval"],
        `import * as stage from ${JSON.stringify(join(harness, module))}; await stage.${call};`,
      ],
      {
        reject: false,
        env: {
          PATH: `${join(top, "bin")}:${process.env.PATH}`,
          PID_FILE: file,
          TMPDIR: join(top, "tmp"),
          UFFDWP_CACHE: join(top, "cache"),
        },
      },
    );
    const ended = running.then(({ stderr }) => stderr);
    while (!existsSync(file)) await Promise.race([pause(10), ended.then(failWith)]);
    const pid = readFileSync(file, "utf8").trim();
    running.kill("SIGKILL");
    await running;
    for (let i = 0; i < 100 && commandLine(pid) !== ""; i++) await pause(20);
    const left = commandLine(pid);
    if (left !== "") process.kill(Number(pid), "SIGKILL");
    t.equal(left, "");
  });
}

function failWith(words: string): never {
  throw new Error(`it ended before it was killed: ${words}`);
}
