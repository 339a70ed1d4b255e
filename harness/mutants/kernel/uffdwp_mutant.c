// SPDX-License-Identifier: GPL-2.0
/*
 * Which planted fault is active, and which guards have been reached.
 *
 * /proc/uffdwp_mutant: a number written makes that mutant the active one and
 * forgets all hits.  Read, it gives the active number, and then the numbers of
 * all guards that were reached since, with a "!" where the mutant made or would
 * have made a difference.  uffdwp_mutant.active=N does the same at boot.
 */
#include <linux/export.h>
#include <linux/init.h>
#include <linux/moduleparam.h>
#include <linux/proc_fs.h>
#include <linux/sched.h>
#include <linux/seq_file.h>
#include <linux/string.h>
#include <linux/uffdwp_mutant.h>

unsigned int uffdwp_mutant_active;
EXPORT_SYMBOL(uffdwp_mutant_active);
module_param_named(active, uffdwp_mutant_active, uint, 0644);

unsigned char uffdwp_mutant_hits[UFFDWP_MUTANTS];
EXPORT_SYMBOL(uffdwp_mutant_hits);

/* The runner is no part of a case: what it reaches tells nothing. */
void uffdwp_mutant_record(unsigned int number, unsigned char bits)
{
	if (current->pid != 1)
		uffdwp_mutant_hits[number] |= bits;
}
EXPORT_SYMBOL(uffdwp_mutant_record);

static int uffdwp_mutant_show(struct seq_file *m, void *v)
{
	unsigned int i;

	seq_printf(m, "%u", uffdwp_mutant_active);
	for (i = 0; i < UFFDWP_MUTANTS; i++)
		if (uffdwp_mutant_hits[i])
			seq_printf(m, " %u%s", i,
				   uffdwp_mutant_hits[i] & UFFDWP_DIFFERED ? "!" : "");
	seq_putc(m, '\n');
	return 0;
}

static int uffdwp_mutant_open(struct inode *inode, struct file *file)
{
	return single_open(file, uffdwp_mutant_show, NULL);
}

static ssize_t uffdwp_mutant_write(struct file *file, const char __user *text,
				   size_t size, loff_t *offset)
{
	unsigned int number;
	int ret = kstrtouint_from_user(text, size, 10, &number);

	if (ret)
		return ret;
	if (number >= UFFDWP_MUTANTS)
		return -ERANGE;
	uffdwp_mutant_active = 0;
	memset(uffdwp_mutant_hits, 0, sizeof(uffdwp_mutant_hits));
	uffdwp_mutant_active = number;
	return size;
}

static const struct proc_ops uffdwp_mutant_ops = {
	.proc_open	= uffdwp_mutant_open,
	.proc_read	= seq_read,
	.proc_write	= uffdwp_mutant_write,
	.proc_lseek	= seq_lseek,
	.proc_release	= single_release,
};

static int __init uffdwp_mutant_init(void)
{
	proc_create("uffdwp_mutant", 0644, NULL, &uffdwp_mutant_ops);
	return 0;
}
late_initcall(uffdwp_mutant_init);
