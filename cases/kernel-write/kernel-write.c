// SPDX-License-Identifier: GPL-2.0
/*
 * Writes that the kernel does for somebody: protected pages refuse them.  What only
 * looks like a write is none.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/uio.h>
#include <unistd.h>

#include "case.h"
#include "force.h"
#include "forms.h"
#include "pin.h"
#include "result.h"
#include "scene.h"
#include "uffd.h"

#ifndef MADV_POPULATE_WRITE
#define MADV_POPULATE_WRITE 23
#endif

/* With UFFD_FEATURE_SIGBUS nobody waits for an event: the write fails. */
static void set(struct scene *scene, const struct test_case *self)
{
	scene_set(scene, form_of(self)->kind, form_of(self)->form, ALL, UFFD_FEATURE_SIGBUS);
}

static void expect_refused(const struct scene *scene, size_t page, ssize_t ret, int error)
{
	if (ret >= 0)
		case_fail("page %zu: the kernel wrote %zd bytes through the protection", page, ret);
	else if (errno != error)
		case_fail("page %zu: %s, expected %s", page, strerror(errno), strerror(error));
	scene_expect_bits(scene, page, page + 1, true, "after the refused write");
}

static void by_read(const struct test_case *self)
{
	int fd = open("/dev/zero", O_RDONLY | O_CLOEXEC);
	struct scene scene;
	size_t i;

	set(&scene, self);
	for (i = 0; i < scene.mapping.pages; i++)
		expect_refused(&scene, i, read(fd, mapping_page(&scene.mapping, i), 8), EFAULT);
}

static void by_process_vm_writev(const struct test_case *self)
{
	struct iovec from = { "12345678", 8 };
	struct scene scene;
	size_t i;

	set(&scene, self);
	for (i = 0; i < scene.mapping.pages; i++) {
		struct iovec to = { mapping_page(&scene.mapping, i), 8 };
		ssize_t ret = process_vm_writev(getpid(), &from, 1, &to, 1, 0);

		if (ret < 0 && errno == ENOSYS)
			case_skip("no process_vm_writev");
		expect_refused(&scene, i, ret, EFAULT);
	}
}

static void by_proc_mem(const struct test_case *self)
{
	int fd = open("/proc/self/mem", O_RDWR | O_CLOEXEC);
	struct scene scene;
	size_t i;

	set(&scene, self);
	for (i = 0; i < scene.mapping.pages; i++) {
		off_t at = (uintptr_t)mapping_page(&scene.mapping, i);

		expect_refused(&scene, i, pwrite(fd, "12345678", 8, at), EIO);
	}
}

static void by_force(const struct test_case *self)
{
	struct scene scene;
	struct force force;
	size_t i;

	force_begin(&force);
	set(&scene, self);
	if (mprotect(scene.mapping.start, mapping_size(&scene.mapping), PROT_READ))
		case_error("mprotect: %s", strerror(errno));
	for (i = 0; i < scene.mapping.pages; i++) {
		int error = force_write(&force, mapping_page(&scene.mapping, i));

		errno = error;
		expect_refused(&scene, i, error ? -1 : 1, EIO);
	}
	force_end(&force);
}

/* can_follow_write_pte(): what nothing protects is written by force. */
static void by_force_unprotected(const struct test_case *self)
{
	struct scene scene;
	struct force force;
	size_t i;

	force_begin(&force);
	set(&scene, self);
	uffd_unprotect(scene.uffd, scene.mapping.start, mapping_size(&scene.mapping));
	if (mprotect(scene.mapping.start, mapping_size(&scene.mapping), PROT_READ))
		case_error("mprotect: %s", strerror(errno));
	for (i = 0; i < scene.mapping.pages; i++) {
		const char *page = mapping_page(&scene.mapping, i);
		int error = force_write(&force, mapping_page(&scene.mapping, i));

		if (error)
			case_fail("page %zu: %s, and nothing protects it", i, strerror(error));
		else if (page[0] != 'W' || page[1] != form_data(self))
			case_fail("data: page %zu is not what it was, and what was written", i);
	}
	force_end(&force);
}

static void by_populate_write(const struct test_case *self)
{
	struct scene scene;
	int ret;

	set(&scene, self);
	ret = madvise(scene.mapping.start, mapping_size(&scene.mapping), MADV_POPULATE_WRITE);
	if (ret && errno == EINVAL)
		case_skip("no MADV_POPULATE_WRITE");
	expect_refused(&scene, 0, ret, EFAULT);
	scene_expect_all(&scene, true, "after MADV_POPULATE_WRITE");
}

/* Whoever follows faults of user mode only is not waited for by the kernel. */
static void by_read_in_user_mode_only(const struct test_case *self)
{
	int fd = open("/dev/zero", O_RDONLY | O_CLOEXEC);
	struct scene scene;
	size_t size, i;

	scene_set(&scene, form_of(self)->kind, form_of(self)->form, ALL, 0);
	size = mapping_size(&scene.mapping);
	uffd_unregister(scene.uffd, scene.mapping.start, size);
	close(scene.uffd);
	scene.uffd = uffd_open_user_mode(scene_features(form_of(self)->kind, form_of(self)->form));
	uffd_register(scene.uffd, scene.mapping.start, size);
	scene_protect(&scene);
	for (i = 0; i < scene.mapping.pages; i++)
		expect_refused(&scene, i, read(fd, mapping_page(&scene.mapping, i), 8), EFAULT);
	scene_write(&scene, true, form_data(self));
}

/* hugetlb_fault(), wp_huge_pmd(): a copy for a pin is no write, and nobody is asked. */
static void by_read_only_pin(const struct test_case *self)
{
	struct scene scene;
	char byte;
	int error;

	set(&scene, self);
	error = pin_while_shared(scene.mapping.start, scene.mapping.page_size, 1, &byte);
	if (error)
		case_fail("process_vm_readv: %s", strerror(error));
	else if (byte != form_data(self))
		case_fail("data: a pin reads %#x, expected %#x", (unsigned char)byte,
			  (unsigned char)form_data(self));
}

/* check_vma_flags(): force gets around a missing VM_WRITE in private memory, not on hugetlbfs. */
static bool can_be_forced(const struct protected_form *form)
{
	return mapping_kind_is_private(form->kind) && !mapping_kind_is_hugetlb(form->kind) &&
	       form_is_present(form);
}

/* What a child shares with us, and we with nobody else. */
static bool can_be_shared(const struct protected_form *form)
{
	return mapping_kind_is_private(form->kind) && form_is_settled(form);
}

static const struct form_operation operations[] = {
	{ "read-into", "read(2) into it fails with EFAULT", by_read, NULL },
	{ "user-mode-only", "read(2) fails with EFAULT where user mode alone is followed",
	  by_read_in_user_mode_only, form_is_present },
	{ "process-vm-writev", "process_vm_writev(2) fails with EFAULT", by_process_vm_writev,
	  NULL },
	{ "populate-write", "MADV_POPULATE_WRITE fails with EFAULT", by_populate_write, NULL },
	{ "proc-mem", "a write to /proc/self/mem fails with EIO", by_proc_mem, NULL },
	{ "debugger", "a debugger's write to read-only memory fails with EIO", by_force, NULL },
	{ "debugger-unprotected", "a debugger's write to read-only memory that is unprotected succeeds",
	  by_force_unprotected, can_be_forced },
	{ "read-only-pin", "a read-only pin of what a child shares raises nothing",
	  by_read_only_pin, can_be_shared },
};

#define OPERATIONS (sizeof(operations) / sizeof(*operations))

int main(int argc, char **argv)
{
	return forms_main(argc, argv, operations, OPERATIONS);
}
