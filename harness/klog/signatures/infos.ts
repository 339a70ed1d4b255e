// Lines with `INFO:`: stalls and hangs, and lockdep's old form.
import { pickOfHang, pickOfStall } from "../pick-function.ts";
import { RIP, type Walk } from "../stack.ts";
import { lockdepInfos } from "./lockdep.ts";
import { type Family, fromFault, fromTrace } from "./signature.ts";

const INTERRUPT = /apic_timer_interrupt|Exception stack|el1h_64_irq/;
const STALL = { skip: /apic_timer_interrupt|rcu/, pick: pickOfStall };

/** Below the interrupt that noticed; or the registers of who was interrupted, if only those are shown. */
const STALLED: Walk = {
  parts: [/apic_timer_interrupt/, RIP, "trace"],
  ...STALL,
  otherwise: {
    parts: [INTERRUPT, "trace"],
    ...STALL,
    otherwise: fromFault({
      ...STALL,
      unless: INTERRUPT,
      otherwise: fromFault({ skip: STALL.skip, unless: INTERRUPT }),
    }),
  },
};

export const infos: Family = {
  header: "INFO:",
  kind: "info",
  harmless: [
    /INFO: lockdep is turned off/,
    /INFO: Stall ended before state dump start/,
    /INFO: NMI handler/,
    /INFO: recovery required on readonly filesystem/,
    /(?:handler|interrupt).*took too long/,
    /INFO: sys_.* is not present in \/proc\/kallsyms/,
    /INFO: no syscalls can create resource/,
    /rmt_storage:INFO:/,
    /_INFO:/,
  ],
  signatures: [
    ...lockdepInfos,
    {
      kind: "rcu-stall",
      line: /INFO: rcu_(?:preempt|sched|bh|tasks\w*) (?:self-)?detected(?: expedited)? stall/,
      title: "INFO: rcu detected stall in {fn}",
      walk: STALLED,
    },
    {
      kind: "hung-task",
      line: /INFO: task .* blocked (?:in I\/O wait )?for more than \d+ seconds/,
      title: "INFO: task hung in {fn}",
      walk: { ...fromTrace(), pick: pickOfHang },
    },
    {
      kind: "hung-task",
      line: /INFO: task .* can't die for more than .* seconds/,
      title: "INFO: task can't die in {fn}",
      walk: fromTrace(/schedule/),
    },
    {
      // What is left of an old KASAN report.
      kind: "kasan",
      line: /INFO: (Freed|Allocated) in (.*)/,
      title: "INFO: $1 in $2",
      remnant: true,
    },
    { kind: "info", line: /INFO:\s*$/, title: "INFO: corrupted", remnant: true },
  ],
};
