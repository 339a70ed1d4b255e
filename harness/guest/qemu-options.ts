// Pieces of QEMU's command line that both ways to boot share.
import type { Machine } from "./machine.ts";

/** Paths of the sockets that QEMU connects to. */
export interface PortPaths {
  readonly console: string;
  readonly control: string;
  readonly output: string;
}

/**
 * TCG carries `rep stosb` and `rep movsb` out byte by byte. A kernel that sees neither feature clears
 * and copies pages in words (arch/x86/lib/clear_page_64.S, copy_page_64.S).
 */
const TCG_CPU = "max,-erms,-fsrm";

export function accelerationOptions({ accel }: Machine): string[] {
  return accel === "kvm" ? ["-accel", "kvm"] : ["-accel", "tcg,thread=multi"];
}

export function processorOptions({ accel }: Machine): string[] {
  return ["-cpu", accel === "kvm" ? "host" : TCG_CPU];
}

/** Two nodes of equal size, so that pages have somewhere to migrate to. */
export function memoryOptions(machine: Machine): string[] {
  const half = Math.floor(machine.memory / 2);
  return [
    ...["-object", `memory-backend-ram,id=node0,size=${half}M`],
    ...["-object", `memory-backend-ram,id=node1,size=${machine.memory - half}M`],
    ...["-numa", `node,memdev=node0,cpus=0-${machine.cpus - 1}`, "-numa", "node,memdev=node1"],
  ];
}

/** Control and output, on a virtio-serial port each. */
export function portOptions(ports: PortPaths): string[] {
  return [
    ...["-device", "virtio-serial-pci,id=uffdwp"],
    ...["-chardev", `socket,id=uffdwp-control,path=${ports.control}`],
    ...["-device", "virtserialport,bus=uffdwp.0,chardev=uffdwp-control,name=uffdwp.control"],
    ...["-chardev", `socket,id=uffdwp-output,path=${ports.output}`],
    ...["-device", "virtserialport,bus=uffdwp.0,chardev=uffdwp-output,name=uffdwp.output"],
  ];
}

/** Where a debugger finds a guest: on this machine alone. */
export const DEBUGGER = "127.0.0.1:1234";

/** Waits for a debugger before the first instruction. Not -s, which listens on every interface. */
export function debuggerOptions(): string[] {
  return ["-gdb", `tcp:${DEBUGGER}`, "-S"];
}
