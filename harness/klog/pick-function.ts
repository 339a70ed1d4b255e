// Which function of a stall or a hang is named, where the topmost is a matter of chance.

/** Below these stands what somebody asked for: system calls, callbacks, interrupts, threads. */
const ANCHORS = new RegExp(
  `process_one_work do_syscall_ do_fast_syscall_ sysenter_dispatch tracesys_phase2 el0_svc_handler
invoke_syscall ret_fast_syscall netif_receive_skb do_softirq call_timer_fn _run_timers
run_timer_softirq hrtimer_run run_ksoftirqd smpboot_thread_fn ^kthread$ start_secondary
cpu_startup_entry ret_from_fork vfs_(?:iter_)?(?:read|write) do_iter_(?:read|write)
call_(?:read|write)_iter new_sync_(?:read|write) vfs_ioctl ksys_ioctl compat_ioctl compat_sys_ioctl
blkdev_(?:driver_)?ioctl ^call_mmap mmap_region do_mmap do_dentry_open vfs_open
^sock_(?:sendmsg|recvmsg|release|mmap|do_ioctl|ioctl) ^__sock_release ^setsockopt$ kernel_setsockopt
sock_common_setsockopt ^listen$ kernel_listen sk_common_release ^accept$ kernel_accept
^compat_sock_ioctl ^nfnetlink_rcv_msg ^rtnetlink_rcv_msg ^netlink_dump ^(?:sys_)?(?:socketpair|connect|ioctl)
__do_fault do_page_fault ^page_fault$ __fput task_work_run exit_to_usermode smp_call_function
tasklet_(?:hi_)?action`
    .split(/\s+/)
    .join("|"),
);

/** The function that was called for: a lockup shows itself anywhere below it. */
export function pickOfStall(functions: readonly string[]): string | undefined {
  const at = functions.findIndex((name) => ANCHORS.test(name));
  if (at < 0) return undefined;
  if ((functions[at] as string).includes("smp_call_function")) return "smp_call_function";
  return functions[Math.max(at - 1, 0)];
}

const GRACE_PERIOD = /synchronize_(?:rcu|srcu|net|sched)/;
const WAITING =
  /sched|_lock|_slowlock|down|rwsem|completion|kthread|wait|synchronize|context_switch|__switch_to|cancel_delayed_work|rcu_barrier/;

/** What a hung task waits in: everything hangs in the same way on rtnl_lock and grace periods. */
export function pickOfHang(functions: readonly string[]): string | undefined {
  const common = functions.find((name) => name.includes("rtnl_lock") || GRACE_PERIOD.test(name));
  if (common) return GRACE_PERIOD.test(common) ? "synchronize_rcu" : common;
  return functions.find((name) => !WAITING.test(name));
}
