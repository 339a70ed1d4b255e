// Lines with `WARNING:`: WARN(), lockdep, and the unwinder's complaints.
import { lockdepWarnings } from "./lockdep.ts";
import type { Family, Signature } from "./signature.ts";
import { warn } from "./warn.ts";

const stacks: readonly Signature[] = [
  {
    kind: "warning",
    line: /WARNING: kernel stack regs at [0-9a-f]+ in [^ ]* has bad '([^']+)' value/,
    title: "WARNING: kernel stack regs has bad '$1' value",
    traceless: true,
  },
  {
    kind: "warning",
    line: /WARNING: kernel stack frame pointer at [0-9a-f]+ in [^ ]* has bad value/,
    title: "WARNING: kernel stack frame pointer has bad value",
    traceless: true,
  },
  {
    kind: "warning",
    line: /WARNING: kernel stack (?:regs .* has bad 'bp'|frame pointer .* has bad) value/,
    title: "WARNING: kernel stack regs has bad value",
    traceless: true,
  },
];

export const warnings: Family = {
  header: "WARNING:",
  kind: "warning",
  harmless: [
    /WARNING: \/etc\/ssh\/moduli does not exist/,
    /WARNING: workqueue cpumask: online intersect > possible intersect/,
    /WARNING: [Tt]he mand mount option/,
    /WARNING: Unsupported flag value\(s\) of 0x%x in DT_FLAGS_1/,
    /WARNING: Unprivileged eBPF is enabled/,
    /WARNING: fbcon: Driver '.*' missed to adjust virtual screen size/,
    /WARNING: See https.* for mitigation options\./,
    /WARNING: kernel not compiled with CPU_SRSO/,
    /EXT4-[Ff][Ss](?: \(.*\))?:/,
    /warning: .* uses (?:deprecated v2 capabilities|wireless extensions)/i,
    /XFS \(\w+\): WARNING/,
  ],
  signatures: [
    ...warn,
    ...lockdepWarnings,
    ...stacks,
    { kind: "warning", line: /WARNING:\s*$/, title: "WARNING: corrupted", remnant: true },
  ],
};
