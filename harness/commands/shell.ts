// uffdwp shell: a guest to look around in.
import { Command } from "commander";
import { HarnessError } from "../errors.ts";
import { chooseAcceleration } from "../guest/acceleration.ts";
import { gdbAdvice, runShellGuest } from "../guest/shell-guest.ts";
import { prepareImage } from "../image/prepare.ts";
import { prepareKernel } from "../kernel/prepare.ts";
import { jobOf, withKernelOptions, withMachineOptions } from "./options.ts";
import { type OutputFlags, withOutputOptions } from "./output.ts";
import { withView } from "./view.ts";

export function shellCommand(): Command {
  const command = new Command("shell")
    .description("an interactive guest with the cases in it")
    .option("--gdb", "wait for a debugger, and say how to attach it");
  withOutputOptions(withMachineOptions(withKernelOptions(command)));
  return command.action(async () => {
    const flags = command.opts<OutputFlags & { gdb?: boolean }>();
    if (!process.stdin.isTTY) throw new HarnessError("A shell needs a terminal on standard input.");
    const job = await jobOf(command);
    const { kernel, image, accel } = await withView(flags, async (view) => {
      const kernel = await prepareKernel(job, view);
      const image = await prepareImage(kernel, view);
      const { accel, reason } = await chooseAcceleration(job.accel, kernel, image);
      view.note(`acceleration: ${accel} (${reason}); Ctrl-A x ends the guest`);
      return { kernel, image, accel };
    });
    const machine = { boot: "qemu", accel, cpus: job.cpus ?? 2, memory: job.memory } as const;
    if (flags.gdb) process.stderr.write(`In another terminal: ${gdbAdvice(kernel)}\n`);
    await runShellGuest(kernel, image, machine, { gdb: flags.gdb === true });
  });
}
