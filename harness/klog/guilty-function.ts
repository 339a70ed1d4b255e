// Which function of a trace a report is named after.

/** These report, lock, copy or fault for others; the guilty one called them. */
const NEVER_GUILTY = new RegExp(
  `^(?:${[
    ...[
      "dump_stack\\w*",
      "__?dump_stack",
      "show_stack",
      "show_regs",
      "print_\\w+",
      "panic",
      "__warn\\w*",
    ],
    ...[
      "report_bug",
      "handle_bug",
      "exc_\\w+",
      "asm_\\w+",
      "die\\w*",
      "oops_\\w+",
      "page_fault_oops",
    ],
    ...[
      "kasan_\\w+",
      "__kasan_\\w+",
      "__asan_\\w+",
      "check_memory_region",
      "kmsan_\\w+",
      "ubsan_\\w+",
    ],
    ...[
      "__ubsan_\\w+",
      "lock_acquire",
      "__lock_acquire",
      "lock_release",
      "validate_chain",
      "mark_lock\\w*",
    ],
    ...[
      "check_\\w*deadlock\\w*",
      "lockdep_\\w+",
      "__might_sleep",
      "__might_resched",
      "might_fault",
    ],
    ...[
      "_?raw_\\w*(?:spin|read|write)_\\w+",
      "_raw_\\w+",
      "down_(?:read|write)\\w*",
      "mutex_lock\\w*",
    ],
    ...[
      "__mutex_lock\\w*",
      "rwsem_\\w+",
      "schedule\\w*",
      "__schedule\\w*",
      "io_schedule\\w*",
      "preempt_\\w+",
    ],
    ...["context_switch", "rcu_\\w+", "sysvec_\\w+", "__sysvec_\\w+", "nmi_\\w+", "watchdog_\\w+"],
    ...[
      "update_process_times",
      "tick_\\w+",
      "hrtimer_\\w+",
      "__hrtimer_\\w+",
      "native_\\w+",
      "memcpy\\w*",
    ],
    ...[
      "memset\\w*",
      "memmove\\w*",
      "__memcpy\\w*",
      "__memset\\w*",
      "fault_in_\\w+",
      "register_lock_class",
    ],
    ...[
      "assign_lock_key",
      "instrument_\\w+",
      "arch_\\w+",
      "atomic_\\w+",
      "wait_for_\\w+",
      "wait_woken",
    ],
  ].join("|")})$`,
);

const RIP = /^RIP: [\da-f]{4}:(?:\[<[\da-f]+>\] )?([\w.]+)\+0x/;
const FRAME = /^\s*(?:\[<[\da-f]+>\] )?(\? )?([\w.]+)\+0x[\da-f]+\/0x[\da-f]+/;

/** The function at RIP, or the first frame that may be guilty; undefined when there is no trace. */
export function guiltyFunction(lines: readonly string[]): string | undefined {
  const candidates: string[] = [];
  for (const line of lines) {
    const rip = RIP.exec(line);
    const frame = FRAME.exec(line);
    if (rip) candidates.push(rip[1] as string);
    // A frame with a question mark may be a leftover on the stack.
    else if (frame && !frame[1]) candidates.push(frame[2] as string);
  }
  const names = candidates.map((name) => name.replace(/\.(?:isra|constprop|part|cold).*$/, ""));
  return names.find((name) => !NEVER_GUILTY.test(name));
}
