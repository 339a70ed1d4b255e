// QEMU's command line for a boot without virtme-ng: nothing of the host is visible inside.
import type { Image } from "../image/image.ts";
import type { Kernel } from "../kernel/kernel.ts";
import { commandLine } from "./kernel-command-line.ts";
import type { Machine } from "./machine.ts";
import {
  accelerationOptions,
  debuggerOptions,
  memoryOptions,
  type PortPaths,
  portOptions,
  processorOptions,
} from "./qemu-options.ts";

export const QEMU = "qemu-system-x86_64";

export function qemuCommand(
  kernel: Kernel,
  image: Image,
  machine: Machine,
  ports: PortPaths,
): string[] {
  return [
    ...machineOptions(kernel, image.initramfs, machine, commandLine(machine)),
    ...["-chardev", `socket,id=console,path=${ports.console}`, "-serial", "chardev:console"],
    ...portOptions(ports),
  ];
}

/** The same machine with its console on our own terminal, where Ctrl-A x ends it. */
export function shellCommandLine(
  kernel: Kernel,
  initramfs: string,
  machine: Machine,
  gdb: boolean,
): string[] {
  // A debugger finds the symbols only where the linker has put them.
  const parameters = [...commandLine(machine), ...(gdb ? ["nokaslr"] : [])];
  return [
    ...machineOptions(kernel, initramfs, machine, parameters),
    ...["-chardev", "stdio,id=console,mux=on,signal=off", "-serial", "chardev:console"],
    ...["-mon", "chardev=console"],
    ...(gdb ? debuggerOptions() : []),
  ];
}

function machineOptions(
  kernel: Kernel,
  initramfs: string,
  machine: Machine,
  parameters: readonly string[],
): string[] {
  return [
    QEMU,
    ...["-nodefaults", "-no-user-config", "-display", "none", "-no-reboot"],
    // Not pc: its PCI interrupt links cost a fifth of a second.
    ...["-machine", "q35,hpet=off,graphics=off,usb=off,vmport=off,sata=off,smbus=off"],
    ...accelerationOptions(machine),
    ...processorOptions(machine),
    ...["-smp", String(machine.cpus), "-m", `${machine.memory}M`],
    ...memoryOptions(machine),
    ...["-kernel", kernel.image, "-initrd", initramfs],
    ...["-append", ["console=ttyS0", "panic=-1", ...parameters].join(" ")],
  ];
}
