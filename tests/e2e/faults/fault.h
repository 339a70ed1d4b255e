/* SPDX-License-Identifier: GPL-2.0 */
/* Faults by kind: each does its worst, and returns where it could not. */
#ifndef FAULT_H
#define FAULT_H

/* kernel.c: by lkdtm and sysrq, the kernel's own means */
void panic_by_sysrq(void);
void kernel_bug(void);
void null_dereference(void);
void warn_once(void);
void warn_in_a_flood(void);
void warn_after_the_end(void);
void soft_lockup(void);
void hang_with_interrupts_off(void);
void rcu_stall(void);
void leave_a_child_in_d_state(void);
void sleep_in_d_state(void);

/* memory.c */
void run_out_of_memory(void);
void starve_the_runner(void);
void kill_the_runner(void);
void livelock_a_fault(void);

/* machine.c */
void power_off_by_itself(void);
void reboot_by_itself(void);
void halt_by_itself(void);
void turn_the_clock(void);
void look_for_a_network_card(void);
void write_into_ports(void);
void write_to_the_host(void);

/* process.c */
void crash_in_user_space(void);
void fork_without_end(void);
void leave_children_behind(void);
void use_the_guest(void);
void fail_in_a_used_guest(void);
void fail_the_second_time(void);

/* channels.c */
void write_without_end(void);
void write_garbage(void);
void write_half_lines(void);
void answer_for_others(void);
void garble_the_control(void);
void print_hostile_names(void);

/* file.c: a write into a file of /proc, /sys or /dev; says so where it fails */
void write_into(const char *path, const char *text);

#endif
