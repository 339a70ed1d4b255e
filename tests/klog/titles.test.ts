// Reports of our own making, in the forms that kernels of different ages and machines have.
import t from "tap";
import { findingsOf } from "../../harness/klog/findings.ts";

const trace = (...functions: string[]) =>
  ["Call Trace:", " <TASK>", ...functions.map((name) => ` ${name}+0x10/0x200`), " </TASK>"].join(
    "\n",
  );
const LOCK = "ffff888003a1c0a8 (&mm->mmap_lock){++++}-{3:3}, at: do_user_addr_fault+0x1f0/0x6e0";

/** Title, kind, and the report without time stamps. */
const REPORTS: [string, string, string][] = [
  [
    "WARNING in change_pte_range",
    "warning",
    `WARNING: CPU: 1 PID: 77 at mm/mprotect.c:200 change_pte_range+0x2a1/0x700\nRIP: 0010:change_pte_range+0x2a1/0x700\n${trace("change_protection")}`,
  ],
  [
    "WARNING in change_pte_range",
    "warning",
    `WARNING: mm/mprotect.c:200 at change_pte_range+0x2a1/0x700, CPU#1: case/77\nRIP: 0010:change_pte_range+0x2a1/0x700\n${trace("change_protection")}`,
  ],
  [
    "WARNING in change_pte_range",
    "warning",
    `WARNING: [!pte_uffd_wp(pte)] mm/mprotect.c:200 at 0x0, CPU#1: case/77\nRIP: 0010:change_pte_range+0x2a1/0x700\n${trace("change_protection")}`,
  ],
  [
    "BUG: Address IPV6ADDR on device lo is missing its host route.",
    "bug",
    "IPv6: BUG: Address 2001:0db8:85a3:0000:0000:8a2e:0370:7334 on device lo is missing its host route.",
  ],
  // Before 4.12 WARN() was a call, and named nobody but itself.
  [
    "WARNING in uffd_wp_range",
    "warning",
    `WARNING: CPU: 0 PID: 5 at mm/userfaultfd.c:90 uffd_wp_range+0x3/0x9()\n${trace("dump_stack", "warn_slowpath_common", "warn_slowpath_null", "uffd_wp_range")}`,
  ],
  [
    "WARNING: refcount bug in userfaultfd_ctx_put",
    "warning",
    `WARNING: CPU: 0 PID: 5 at lib/refcount.c:28 refcount_warn_saturate+0x100/0x150\nRIP: 0010:refcount_warn_saturate+0x100/0x150\n${trace("userfaultfd_ctx_put")}`,
  ],
  [
    "WARNING in __page_table_check_zero",
    "page-table-check",
    `WARNING: CPU: 0 PID: 5 at mm/page_table_check.c:70 __page_table_check_zero+0x1/0x9\nRIP: 0010:__page_table_check_zero+0x1/0x9\n${trace("free_unref_page")}`,
  ],
  [
    "KASAN: use-after-free Read in handle_userfault",
    "kasan",
    `BUG: KASAN: use-after-free in handle_userfault+0x80/0x900\nRead of size 8 at addr ffff888003a1c0a8 by task case/77\n${trace("dump_stack_lvl", "print_report", "kasan_report", "handle_userfault")}`,
  ],
  [
    "KASAN: slab-out-of-bounds Write in mfill_atomic_pte",
    "kasan",
    `BUG: KASAN: slab-out-of-bounds in memcpy+0x30/0x60\nWrite of size 64 at addr ffff888003a1c0a8 by task case/77\n${trace("kasan_report", "memcpy", "mfill_atomic_pte")}`,
  ],
  [
    "KASAN: invalid-free in userfaultfd_release",
    "kasan",
    `BUG: KASAN: double-free in kfree+0x30/0x60\n${trace("kasan_report_invalid_free", "kfree", "userfaultfd_release")}`,
  ],
  [
    "KFENCE: use-after-free read in uffd_wp_range",
    "kfence",
    `BUG: KFENCE: use-after-free read in uffd_wp_range+0x10/0x80\n\nUse-after-free read at 0x00000000abcdef01 (in kfence-#17):\n uffd_wp_range+0x10/0x80\n userfaultfd_ioctl+0x10/0x80\n${trace("uffd_wp_range")}`,
  ],
  [
    "KFENCE: out-of-bounds write in uffd_wp_range",
    "kfence",
    "BUG: KFENCE: out-of-bounds write in uffd_wp_range+0x10/0x80\n\nOut-of-bounds write at 0x00000000abcdef01 (1B left of kfence-#17):\n uffd_wp_range+0x10/0x80\n userfaultfd_ioctl+0x10/0x80\n\nkfence-#17: 0x00000000abcdef02-0x00000000abcdef08, size=7, cache=kmalloc-8\n\nallocated by task 77 on cpu 0 at 1.0s:\n userfaultfd_ioctl+0x10/0x80",
  ],
  [
    "KFENCE: memory corruption in userfaultfd_release",
    "kfence",
    "BUG: KFENCE: memory corruption in userfaultfd_release+0x10/0x80\n\nCorrupted memory at 0x00000000abcdef01 [ 0xac ] (in kfence-#69):\n userfaultfd_release+0x10/0x80\n",
  ],
  [
    "KCSAN: data-race in shmem_fault / shmem_fallocate",
    "kcsan",
    "BUG: KCSAN: data-race in shmem_fault / shmem_fallocate",
  ],
  [
    "UBSAN: shift-out-of-bounds in pte_to_swp_entry",
    "ubsan",
    `UBSAN: shift-out-of-bounds in mm/swapfile.c:12:3\nshift exponent 64 is too large\n${trace("dump_stack_lvl", "__ubsan_handle_shift_out_of_bounds", "pte_to_swp_entry")}`,
  ],
  [
    "BUG: unable to handle kernel paging request in zap_pte_range",
    "oops",
    `BUG: unable to handle page fault for address: ffffea0000000008\n#PF: supervisor read access in kernel mode\nOops: 0000 [#1] PREEMPT SMP\nRIP: 0010:zap_pte_range+0x50/0x900\n${trace("unmap_page_range")}`,
  ],
  [
    "BUG: unable to handle kernel NULL pointer dereference in do_swap_page",
    "oops",
    "Unable to handle kernel NULL pointer dereference at virtual address 0000000000000008\nInternal error: Oops: 96000004 [#1] PREEMPT SMP\npc : do_swap_page+0x12/0x900\nlr : do_swap_page+0x10/0x900\nCall trace:\n do_swap_page+0x12/0x900\n handle_mm_fault+0x10/0x90\n el0_da+0x10/0x90\n",
  ],
  [
    "general protection fault in handle_userfault",
    "oops",
    `Oops: general protection fault, probably for non-canonical address 0xdead000000000100: 0000 [#1] SMP\nRIP: 0010:handle_userfault+0x50/0x900\n${trace("do_swap_page")}`,
  ],
  [
    "kernel BUG in hugetlb_wp",
    "bug",
    `kernel BUG at mm/hugetlb.c:100!\ninvalid opcode: 0000 [#1] SMP\nRIP: 0010:hugetlb_wp+0x50/0x900\n${trace("hugetlb_fault")}`,
  ],
  [
    "BUG: corrupted list in userfaultfd_release",
    "bug",
    `kernel BUG at lib/list_debug.c:51!\ninvalid opcode: 0000 [#1] SMP\nRIP: 0010:__list_del_entry_valid+0x50/0x90\n${trace("userfaultfd_release")}`,
  ],
  [
    "BUG: Bad page state in shmem_get_folio_gfp",
    "bad-page",
    `BUG: Bad page state in process case  pfn:12345\npage:ffffea0000490000 refcount:0 mapcount:1\npage_owner tracks the page as allocated\npage last allocated via order 0, migratetype Movable\n get_page_from_freelist+0x10/0x90\n __alloc_pages+0x10/0x90\n folio_alloc+0x10/0x90\n shmem_get_folio_gfp+0x10/0x90\n${trace("dump_stack", "bad_page")}`,
  ],
  // Without page_owner nobody knows who allocated it: who frees it or gets it must do.
  [
    "BUG: Bad page state in zap_pte_range",
    "bad-page",
    `BUG: Bad page state in process case  pfn:12345\npage:ffffea0000490000 refcount:0 mapcount:1\nraw: 0100000000000000 dead000000000100\npage dumped because: nonzero mapcount\n${trace("dump_stack_lvl", "bad_page", "free_pcp_prepare", "free_unref_page_list", "release_pages", "tlb_batch_pages_flush", "tlb_flush_mmu", "zap_pte_range")}`,
  ],
  [
    "BUG: Bad page state in shmem_get_folio_gfp",
    "bad-page",
    `BUG: Bad page state in process case  pfn:12345\npage dumped because: PAGE_FLAGS_CHECK_AT_PREP flag set\n${trace("dump_stack_lvl", "bad_page", "check_new_pages", "rmqueue_bulk", "get_page_from_freelist", "__alloc_pages", "folio_alloc", "shmem_get_folio_gfp")}`,
  ],
  [
    "BUG: Bad page map",
    "bad-page",
    `BUG: Bad page map in process case  pte:ff0100000c0f pmd:0400d067\n${trace("print_bad_pte", "zap_pte_range")}`,
  ],
  [
    "BUG: Objects remaining in userfaultfd_ctx_cache",
    "bug",
    `BUG userfaultfd_ctx_cache (Tainted: G        W         ): Objects remaining in userfaultfd_ctx_cache on __kmem_cache_shutdown()\n-----------------------------------------------------------------------------\n\nSlab 0x00000000abcdef01 objects=21 used=1 fp=0x00000000abcdef02 flags=0x4000000000000200\n${trace("dump_stack_lvl", "slab_err")}`,
  ],
  [
    "BUG: Poison overwritten in vm_area_struct",
    "bug",
    `BUG vm_area_struct (Not tainted): Poison overwritten\n-----------------------------------------------------------------------------\n\n0xffff888003a1c0a8-0xffff888003a1c0ab @offset=168. First byte 0x1 instead of 0x6b\nAllocated in vm_area_alloc+0x1a/0x60 age=5 cpu=0 pid=77\n${trace("dump_stack_lvl", "check_bytes_and_report")}`,
  ],
  [
    "BUG: Wrong object count in kmalloc-NUM",
    "bug",
    `BUG kmalloc-64 (Not tainted): Wrong object count. Counter is 3 but counted were 4\n${trace("dump_stack_lvl", "slab_err")}`,
  ],
  [
    "BUG: Object already free",
    "bug",
    `BUG kmalloc-64 (Not tainted): Object already free\n${trace("dump_stack_lvl", "free_debug_processing")}`,
  ],
  [
    "get_swap_device: Bad swap file entry",
    "swap-entry",
    "get_swap_device: Bad swap file entry 3ffffffffffff",
  ],
  [
    "_swap_info_get: Unused swap offset entry",
    "swap-entry",
    "_swap_info_get: Unused swap offset entry 00000105",
  ],
  [
    "BUG: bad pmd",
    "bad-entry",
    "mm/pgtable-generic.c:54: bad pmd 00000000abcdef01(8000000012345067)",
  ],
  ["BUG: bad p4d", "bad-entry", "mm/pgtable-generic.c:36: bad p4d ffff000012345067."],
  [
    "kmemleak: NUM new suspected memory leaks",
    "memory-leak",
    "kmemleak: 3 new suspected memory leaks (see /sys/kernel/debug/kmemleak)",
  ],
  [
    "BUG: Bad rss-counter state",
    "rss-counter",
    "BUG: Bad rss-counter state mm:00000000a5a5a5a5 type:MM_SWAPENTS val:1",
  ],
  [
    "BUG: sleeping function called from invalid context in uffd_wp_range",
    "bug",
    `BUG: sleeping function called from invalid context at mm/memory.c:12\nin_atomic(): 1, irqs_disabled(): 0, non_block: 0, pid: 77, name: case\n${trace("dump_stack_lvl", "__might_resched", "uffd_wp_range")}`,
  ],
  [
    "BUG: soft lockup in userfaultfd_ioctl",
    "lockup",
    `watchdog: BUG: soft lockup - CPU#0 stuck for 26s! [case:77]\nRIP: 0010:change_pte_range+0x50/0x90\n${trace("uffd_wp_range", "userfaultfd_ioctl", "__x64_sys_ioctl", "do_syscall_64")}`,
  ],
  [
    "BUG: hard lockup in userfaultfd_ioctl",
    "lockup",
    `watchdog: Watchdog detected hard LOCKUP on cpu 1\nRIP: 0010:change_pte_range+0x50/0x90\n${trace("uffd_wp_range", "userfaultfd_ioctl", "vfs_ioctl", "do_syscall_64")}`,
  ],
  [
    "INFO: rcu detected stall in uffd_stress",
    "rcu-stall",
    `rcu: INFO: rcu_preempt self-detected stall on CPU\nrcu: \t0-....: (2099 ticks this GP)\nCall Trace:\n <IRQ>\n sched_show_task+0x1/0x9\n rcu_dump_cpu_stacks+0x1/0x9\n asm_sysvec_apic_timer_interrupt+0x16/0x20\nRIP: 0010:uffd_busy+0x1/0x9\n uffd_stress+0x1/0x9\n do_syscall_64+0x1/0x9\n </TASK>`,
  ],
  // Since 6.1 the interrupted task's registers are shown, or an NMI's, without the interrupt's frames.
  [
    "INFO: rcu detected stall in full_proxy_write",
    "rcu-stall",
    `rcu: INFO: rcu_sched self-detected stall on CPU\nrcu: \t0-....: (588 ticks this GP) idle=3824/1/0x4000000000000000\n\t(t=751 jiffies g=-1067 q=70998 ncpus=2)\nCPU: 0 PID: 39 Comm: fault Not tainted 6.1.192 #1\nRIP: 0010:lkdtm_SOFTLOCKUP+0x2/0x4\n${trace("direct_entry", "full_proxy_write", "vfs_write", "ksys_write", "do_syscall_64")}\nRIP: 0033:0x444d80`,
  ],
  [
    "INFO: rcu detected stall in userfaultfd_ioctl",
    "rcu-stall",
    `rcu: INFO: rcu_preempt detected stalls on CPUs/tasks:\nrcu: \t1-....: (588 ticks this GP) idle=3824/1/0x4000000000000000\nrcu: \t(detected by 0, t=751 jiffies, g=-1067, q=70998 ncpus=2)\nSending NMI from CPU 0 to CPUs 1:\nNMI backtrace for cpu 1\nRIP: 0010:change_pte_range+0x2/0x4\n${trace("uffd_wp_range", "userfaultfd_ioctl", "vfs_ioctl", "do_syscall_64")}`,
  ],
  // A fault that never ends goes through no system call.
  [
    "INFO: rcu detected stall in do_swap_page",
    "rcu-stall",
    `rcu: INFO: rcu_sched self-detected stall on CPU\nRIP: 0010:do_swap_page+0x2/0x4\n${trace("handle_mm_fault", "do_user_addr_fault", "exc_page_fault", "asm_exc_page_fault")}`,
  ],
  [
    "INFO: task hung in handle_userfault",
    "hung-task",
    `INFO: task case:77 blocked for more than 120 seconds.\n      Not tainted 6.1.0 #1\ntask:case            state:D stack:0     pid:77\n${trace("__schedule", "schedule", "handle_userfault", "do_swap_page")}`,
  ],
  [
    "possible deadlock in do_user_addr_fault",
    "lockdep",
    `WARNING: possible circular locking dependency detected\n6.1.0 #1 Not tainted\ncase/77 is trying to acquire lock:\n${LOCK}\n\nbut task is already holding lock:\nffff888003a1c0b8 (&ctx->lock){+.+.}-{2:2}, at: userfaultfd_ctx_read+0x1f0/0x6e0\n\nstack backtrace:\n${trace("dump_stack_lvl", "check_noncircular")}`,
  ],
  [
    "possible deadlock in do_user_addr_fault",
    "lockdep",
    `WARNING: possible recursive locking detected\n6.1.0 #1 Not tainted\ncase/77 is trying to acquire lock:\n${LOCK}\nstack backtrace:\n${trace("dump_stack_lvl")}`,
  ],
  [
    "inconsistent lock state in uffd_irq",
    "lockdep",
    `WARNING: inconsistent lock state\ncase/77 [HC0[0]:SC1[1]:HE1:SE0] takes:\n${LOCK}\nstack backtrace:\n${trace("dump_stack_lvl", "print_usage_bug", "valid_state", "mark_lock_irq", "lock_acquire", "_raw_spin_lock", "uffd_irq")}`,
  ],
  [
    "WARNING: suspicious RCU usage in find_vma",
    "lockdep",
    `WARNING: suspicious RCU usage\n6.1.0 #1 Not tainted\nlib/maple_tree.c:10 suspicious rcu_dereference_check() usage!\nstack backtrace:\n${trace("dump_stack_lvl", "lockdep_rcu_suspicious", "find_vma")}`,
  ],
  [
    "WARNING: bad unlock balance in userfaultfd_ioctl",
    "lockdep",
    `WARNING: bad unlock balance detected!\ncase/77 is trying to release lock (&mm->mmap_lock) at:\n[<ffffffff81234567>] userfaultfd_ioctl+0x10/0x90\nstack backtrace:\n${trace("dump_stack_lvl")}`,
  ],
  // A listing of what tasks do runs into trouble on behalf of whoever asked for it.
  [
    "KASAN: stack-out-of-bounds Read in uffd_debug_show",
    "kasan",
    `BUG: KASAN: stack-out-of-bounds in __show_regs+0x7/0x9\nRead of size 8 at addr ffffc900047cfb48 by task case/77\n${trace("kasan_report", "__show_regs", "show_trace_log_lvl", "sched_show_task", "show_state_filter", "uffd_debug_show")}`,
  ],
  [
    "WARNING in uffd_sock_setup",
    "warning",
    `WARNING: CPU: 0 PID: 5 at net/core/sock.c:9 lock_sock_nested+0x3/0x9\nRIP: 0010:lock_sock_nested+0x3/0x9\n${trace("release_sock", "uffd_sock_setup")}`,
  ],
  [
    "KASAN: use-after-free Read in shmem_undo_range",
    "kasan",
    `BUG: KASAN: use-after-free in iomap_invalidate_folio+0x3/0x9\nRead of size 8 at addr ffff888003a1c0a8 by task case/77\n${trace("kasan_report", "iomap_invalidate_folio", "folio_invalidate", "truncate_inode_partial_folio", "mark_buffer_dirty", "shmem_undo_range")}`,
  ],
  [
    "int3 in uffd_wp_range",
    "oops",
    `Oops: int3: 0000 [#1] PREEMPT SMP\nRIP: 0010:uffd_wp_range+0x50/0x900\n${trace("userfaultfd_ioctl")}`,
  ],
  [
    "BUG: workqueue lockup in uffd_flush_work",
    "lockup",
    "BUG: workqueue lockup - pool cpus=0 node=0 flags=0x0 nice=0 stuck for 35s!\nShowing busy workqueues and worker pools:\nWorkqueue: events uffd_flush_work\nRIP: 0010:uffd_busy+0x1/0x9",
  ],
  [
    "kernel panic: stack is corrupted in uffd_wp_range",
    "panic",
    "Kernel panic - not syncing: stack-protector: Kernel stack is corrupted in: uffd_wp_range+0x10/0x20",
  ],
  [
    "kernel panic: System is deadlocked on memory",
    "panic",
    `Kernel panic - not syncing: System is deadlocked on memory\n${trace("dump_stack_lvl", "panic", "out_of_memory")}`,
  ],
];

for (const [title, kind, report] of REPORTS) {
  for (const caller of ["", "[   T77]"]) {
    t.test(`${title} ${caller}`, async (t) => {
      const stamped = report.replace(/^/gm, `[    4.100000]${caller} `);
      const found = await findingsOf([`[    0.1] booted\n${stamped}\n`]);
      t.match(found, [{ title, kind, line: 2, corrupted: false }]);
      t.equal(found.length, 1);
    });
  }
}

t.test("reports of two tasks that print in turns are kept apart", async (t) => {
  const log = `[ 1.0][   T10] BUG: unable to handle page fault for address: ffffea0000000008
[ 1.0][   T11] WARNING: CPU: 1 PID: 11 at mm/mprotect.c:200 change_pte_range+0x2a1/0x700
[ 1.0][   T10] RIP: 0010:zap_pte_range+0x50/0x900
[ 1.0][   T11] RIP: 0010:change_pte_range+0x2a1/0x700
[ 1.0][   T10] Call Trace:
[ 1.0][   T11] Call Trace:
[ 1.0][   T10]  unmap_page_range+0x1/0x9
[ 1.0][   T11]  change_protection+0x1/0x9
`;
  t.match(await findingsOf([log]), [
    {
      title: "BUG: unable to handle kernel paging request in zap_pte_range",
      line: 1,
      endLine: 7,
    },
    { title: "WARNING in change_pte_range", line: 2, endLine: 8 },
  ]);
});

t.test("a trace without its frames leaves a title that is not to be trusted", async (t) => {
  const cut =
    "[ 1.0] BUG: unable to handle page fault for address: ffffea0000000008\n[ 1.0] RIP: 00";
  t.match(await findingsOf([cut]), [
    { title: "BUG: unable to handle kernel paging request in corrupted", corrupted: true },
  ]);
});

t.test("a stall whose trace ends above what was interrupted is named after nobody", async (t) => {
  const cut = `INFO: rcu_sched self-detected stall on CPU
RIP: 0010:io_serial_in+0x6b/0x90
${trace("wait_for_xmitr", "uart_console_write", "hrtimer_interrupt", "apic_timer_interrupt")}
RIP: 0010:uffd_busy+0xf/0x60
`;
  t.match(await findingsOf([cut.replace(/^(?=.)/gm, "[ 1.0] ")]), [
    { title: "INFO: rcu detected stall in corrupted", corrupted: true },
  ]);
});

t.test("what is harmless for syzkaller is no finding", async (t) => {
  const chatter = `[ 1.0] WARNING: The mand mount option has been deprecated and
[ 1.0] WARNING: Unprivileged eBPF is enabled with eIBRS on, data leaks possible
[ 1.0] INFO: NMI handler (perf_event_nmi_handler) took too long to run: 1.2 msecs
[ 1.0] traps: case[77] general protection fault ip:401000 sp:7ffe0000 error:0 in case[400000+1000]
[ 1.0] ODEBUG: activate active
[ 1.0] 9pnet_fd: p9_fd_create_unix (77): problem connecting socket: ./parameters/panic: -2
[ 1.0] ALSA: seq fatal error: cannot create timer (-19)
[ 1.0] xlog_status: panic: 0
[ 1.0] DMAR: bad pte 0x1
[ 1.0] work around a BUG in the firmware
[ 1.0] kmemleak: Kernel memory leak detector initialized (mem pool available: 15678)
[ 1.0] uffd: no Bad swap file entry was seen
case.c:1:10: fatal error: uffd.h: No such file or directory
`;
  t.same(await findingsOf([chatter]), []);
});

t.test("a kernel that boots again in the middle of a log", async (t) => {
  t.same(await findingsOf(["Booting the kernel.\n[ 0.0] Linux version 6.1\n"]), []);
  t.match(await findingsOf(["[ 9.0] uffdwp: end 4\nBooting the kernel.\n"]), [
    { title: "unexpected kernel reboot", kind: "reboot", line: 2 },
  ]);
});

t.test("what stands before the time belongs to nobody", async (t) => {
  const report = `BUG: unable to handle page fault for address: ffffea0000000008
RIP: 0010:zap_pte_range+0x50/0x900
${trace("unmap_page_range")}
`;
  const prefixes = [
    "Jan  2 17:25:01 host kernel: [ 9.1]",
    "slogd@host [ 9.1][   T77]",
    "<4>[ 9.1]",
  ];
  for (const prefix of prefixes) {
    t.match(await findingsOf([report.replace(/^(?=.)/gm, `${prefix} `)]), [
      { title: "BUG: unable to handle kernel paging request in zap_pte_range", corrupted: false },
    ]);
  }
  t.match(await findingsOf(["sh: panic: lost [ 9.1] uart: ready\n"]), [
    { title: "panic: lost [ NUM.NUM] uart: ready" },
  ]);
});

t.test("a line that printk prints once more is one line", async (t) => {
  const head = "[ 1.0][   T77] BUG: unable to handle page fault for address: ffffea0000000008";
  const rest = `[ 1.0][   T77] RIP: 0010:zap_pte_range+0x50/0x900
[ 1.0][   T77] Call Trace:
[ 1.0][   T77]  unmap_page_range+0x1/0x9
`;
  for (const printed of [head, head.slice(0, 40), head.slice(0, 20)]) {
    const log = `${printed}\n** replaying previous printk message **\n${head}\n${rest}`;
    const found = await findingsOf([log]);
    t.match(found, [
      { title: "BUG: unable to handle kernel paging request in zap_pte_range", count: 1 },
    ]);
    t.equal(found.length, 1);
  }
});

t.test("programs that give up on the same console", async (t) => {
  for (const [line, title] of [
    ["SYZFAIL: SIGBUS", "SYZFAIL: SIGBUS"],
    ["SYZFATAL: executor 3 failed", "SYZFATAL: executor NUM failed"],
    ["fatal error: all goroutines are asleep - deadlock!", "go runtime error"],
  ] as const) {
    t.match(await findingsOf([`[ 0.1] booted\n${line}\n`]), [{ title, kind: "program", line: 2 }]);
  }
});
