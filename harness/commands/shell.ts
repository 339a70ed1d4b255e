// uffdwp shell: a guest to look around in.
import { Command, Option } from "commander";
import { HarnessError } from "../errors.ts";
import { chooseMachine } from "../guest/choose-machine.ts";
import type { BootWay } from "../guest/machine.ts";
import { gdbAdvice, runShellGuest } from "../guest/shell-guest.ts";
import { prepareImage } from "../image/prepare.ts";
import { prepareKernel } from "../kernel/prepare.ts";
import { jobOf, withKernelOptions, withMachineOptions } from "./options.ts";
import { type OutputFlags, withOutputOptions } from "./output.ts";
import { withView } from "./view.ts";

export function shellCommand(): Command {
  const command = new Command("shell")
    .description("an interactive guest with the cases in it")
    .option("--gdb", "wait for a debugger, and say how to attach it")
    .addOption(
      new Option("--boot <way>", "qemu: our init and busybox; virtme-ng: the host's userland")
        .choices(["qemu", "virtme-ng"])
        .default("qemu"),
    );
  withOutputOptions(withMachineOptions(withKernelOptions(command)));
  return command.action(async () => {
    const flags = command.opts<OutputFlags & { gdb?: boolean; boot: BootWay }>();
    if (!process.stdin.isTTY) throw new HarnessError("A shell needs a terminal on standard input.");
    const job = await jobOf(command);
    const { kernel, image, machine } = await withView(flags, async (view) => {
      const kernel = await prepareKernel(job, view);
      const image = await prepareImage(kernel, view);
      const wanted = { ...job, boot: flags.boot };
      const machine = await chooseMachine(wanted, kernel, image, view);
      view.note("Ctrl-A x ends the guest");
      return { kernel, image, machine };
    });
    if (flags.boot === "virtme-ng") process.stderr.write(`The cases: ${image.root}/cases\n`);
    if (flags.gdb) process.stderr.write(`In another terminal: ${gdbAdvice(kernel)}\n`);
    await runShellGuest(kernel, image, machine, { gdb: flags.gdb === true });
  });
}
