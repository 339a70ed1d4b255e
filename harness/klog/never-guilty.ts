// The functions that report, allocate, lock, copy or wait for others: their callers are to blame.
// Which these are, and when a name is one of them, is what syzkaller's pkg/report has learnt.

const REPORTING = `__sanitizer __asan kasan hwasan __msan kmsan kcsan_setup_watchpoint
check_memory_region check_heap_object check_object read_word_at_a_time
(?:read|write)_once_.*nocheck print_address_description panic invalid_op (?:report|fixup)_bug
print_report print_usage_bug do_error _trap$ do_trap (?:show|dump|walk)_stack dump_backtrace
__show_regs show_trace_log_lvl sched_show_task show_state_filter
warn_slowpath warn_alloc warn_bogus __warn debug_object (?:timer|work)_is_static_object
print_unlock valid_state imbalance_bug print_tainted assertfail __fortify_report program_check_(?:exception|common)
stack_trace_(?:consume_entry|save) arch_stack_walk ^get_taint$ do_(?:kernel|translation)_fault
do_mem_abort el1_abort el1h_64_sync(?:_handler)? hex_dump_to_buffer print_hex_dump __phys_addr`;

const MEMORY = `alloc_page (?:m|z|c)alloc krealloc kmem_cache allocate_slab
__alloc_frozen_pages_noprof folio_(?:alloc|unlock) filemap_alloc_folio __filemap_get_folio
find_or_create_page do_read_cache_folio read_cache_page pagecache_get_page
grab_cache_page_write_begin slab_ ^kv?free$ kfree_skb ^(?:un)?lock_page xas_(?:start|load|find)
find_lock_entries truncate_(?:inode_(?:pages_range|folio|partial_folio)|cleanup_folio) ifs_free
(?:iomap_invalidate_folio|folio_invalidate) mark_buffer_dirty ida_free`;

const LOCKING = `lockdep bh_(?:enable|disable) perf_trace lock_(?:acquire|release|class) mark_lock
(?:reacquire|mark)_held_locks lock_sock release_sock raw_spin_rq spin_(?:lock|trylock|unlock)
(?:read|write)_(?:lock|trylock|unlock) ^down$ down_(?:read|write|trylock) up_(?:read|write)
^mutex_ ^__mutex_ ^rt_mutex_ owner_on_cpu osq_(?:lock|unlock) (?:trace|lockdep)_(?:hard|soft)irq
__?might_(?:fault|sleep|resched) might_(?:fault|sleep) seqprop_assert cleanup_srcu_struct`;

const DATA = `atomic(?:64)?_(?:dec|inc|read|set|or|xor|and|add|sub|fetch|xchg|cmpxchg|try)
(?:set|clear|change|test)_bit ^refcount_ ^kref_ ref_tracker mem(?:cpy|cmp|set|chr|move|dup)
str(?:n?cmp|cpy|lcpy|ncpy|scpy|n?len|n?str|chr|n?dup) string pointer
copy_(?:to|from)_(?:user|iter) copy_page_(?:to|from)_iter copy_folio_to_iter ^copy(?:in|out)$
(?:put|get)_user list_(?:add|del|replace|move|splice) ^rb_ ^__rb_ ^klist_ rhashtable_lookup
extract_(?:user|iter)_to_sg ^crc\\d+ crc_itu_t (?:read|write)[bwlq]$ logic_(?:in|out)
_indirect_thunk_`;

const PRINTING = `snprintf scnprintf kv?asprintf printk va_format
dev_(?:info|notice|warn|err|alert|crit|emerg)`;

const WAITING = `__wake_up ^complete$ wait_for_completion finish_wait kthread_stop del_timer
lock_timer_base __timer_delete_sync sk_stop_timer_sync __mod_timer flush_work __cancel_work_timer
cancel_work_sync try_to_grab_pending (?:drain|destroy)_workqueue queue_work insert_work
__queue_delayed_work queue_delayed_work_on`;

const DEVICES = `kobject_ add_uevent_var get_device_parent device_(?:add|del|unregister|destroy|release)
devres_release_all hwrng_unregister i2c_del_adapter __unregister_client device_for_each_child
rollback_registered unregister_netdev sysfs_remove device_remove_file tty_unregister_device
^put_device$ dummy_urb_enqueue usb_kill_(?:anchored_)?urb usb_control_msg usb_hcd_submit_urb
usb_submit_urb`;

const FILES = "^iput$ ^iput_final$ ^ihold$ drop_nlink dput";

export const NEVER_GUILTY = new RegExp(
  [REPORTING, MEMORY, LOCKING, DATA, PRINTING, WAITING, DEVICES, FILES]
    .join(" ")
    .trim()
    .split(/\s+/)
    .join("|"),
);

const SYSCALL_PREFIX =
  /^(?:(?:compat_)?(?:SYSC|SyS)_|sys_|__(?:x64|ia32|arm64)_|_{2,4}sys_|__se_sys_|__se_|__do_sys_|ksys_)/;

/** One name for a system call on every architecture: `__x64_sys_ioctl` is `sys_ioctl`. */
export function withoutSyscallPrefix(name: string): string {
  return name.replace(SYSCALL_PREFIX, "");
}
