// uffdwp build: a kernel, and where it lies.
import { Command } from "commander";
import { prepareKernel } from "../kernel/prepare.ts";
import { jobOf, withKernelOptions } from "./options.ts";
import { type OutputFlags, print, withOutputOptions } from "./output.ts";
import { withView } from "./view.ts";

export function buildCommand(): Command {
  const command = new Command("build").description("build a kernel, print where it is");
  withOutputOptions(withKernelOptions(command));
  return command.action(async () => {
    const flags = command.opts<OutputFlags>();
    const job = await jobOf(command);
    const kernel = await withView(flags, (view) => prepareKernel(job, view));
    print(flags, kernel, () => kernel.image);
  });
}
