// Pieces of QEMU's command line that both ways to boot share.
import type { Machine } from "./machine.ts";

/** Paths of the sockets that QEMU connects to. */
export interface PortPaths {
  readonly console: string;
  readonly control: string;
  readonly output: string;
}

export function accelerationOptions(machine: Machine): string[] {
  return machine.accel === "kvm"
    ? ["-accel", "kvm", "-cpu", "host"]
    : ["-accel", "tcg,thread=multi", "-cpu", "max"];
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
