// uffdwp serve: results/ as a site of this machine.
import { once } from "node:events";
import { Command } from "commander";
import { exitCodeOf } from "../errors.ts";
import { interruption } from "../process/interruption.ts";
import { isLoopback } from "../serve/hosts.ts";
import { serveResults } from "../serve/server.ts";
import { port, resultsDirectory, withResultsOption } from "./options.ts";
import { withVerbosityOptions } from "./output.ts";
import type { Verbosity } from "./view.ts";

interface ServeFlags extends Verbosity {
  readonly host: string;
  readonly port: number;
}

export function serveCommand(): Command {
  const command = new Command("serve")
    .description("results/ as a local site: runs, trends, kernels; live while a run goes on")
    .option("--host <address>", "where to listen; elsewhere than here only when asked", "127.0.0.1")
    .option("--port <n>", "0 for any that is free", port, 8642);
  withVerbosityOptions(withResultsOption(command));
  return command.action(async () => {
    const { host, port, quiet } = command.opts<ServeFlags>();
    const { server, address } = await serveResults(resultsDirectory(command), host, port);
    process.stdout.write(`${address}\n`);
    if (!isLoopback(host) && !quiet)
      process.stderr.write("Whoever reaches this machine can read it.\n");
    if (!interruption.signal.aborted) await once(interruption.signal, "abort");
    // Streams of events would keep it open.
    server.closeAllConnections();
    server.close();
    process.exitCode = exitCodeOf(interruption.signal.reason);
  });
}
