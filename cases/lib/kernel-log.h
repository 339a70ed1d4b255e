/* SPDX-License-Identifier: GPL-2.0 */
/* What the kernel says while a case runs. */
#ifndef CASES_KERNEL_LOG_H
#define CASES_KERNEL_LOG_H

/* Opens the log at its end; -1 where it can't be read. */
int kernel_log_open(void);

/*
 * Fails the case when the kernel has warned since; under the harness, which judges
 * that, it only says so.  pte_install_uffd_wp_if_needed() warns when the pte that
 * it turns into a marker is not none.
 */
void kernel_log_expect_quiet(int fd);

#endif
