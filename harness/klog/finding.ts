// Something wrong in a kernel log.

/** One splat, stall, panic or kill, found in a kernel log. */
export interface Finding {
  /** In syzkaller's manner: `WARNING in pte_install_uffd_wp_if_needed`. */
  readonly title: string;
  /** `warning`, `bug`, `oops`, `panic`, `kasan`, `lockdep`, `rcu-stall`, `lockup`, `hung-task`, `oom`, … */
  readonly kind: string;
  /** The first and the last line of the report in the log, counted from 1. */
  readonly line: number;
  readonly endLine: number;
  /** The report's lines without time stamps, the first 100 of them. */
  readonly lines: readonly string[];
  /** True when the report is cut short or mixed up, so that its title is a guess. */
  readonly corrupted: boolean;
  /** How often it was reported; only the first report is kept. */
  readonly count: number;
  /** Why it fails nothing, where an allow list says so. */
  readonly allowed?: string | undefined;
}
