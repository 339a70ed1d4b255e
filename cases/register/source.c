// SPDX-License-Identifier: GPL-2.0
/*
 * Who may have a userfaultfd: whoever has the privilege, or may open /dev/userfaultfd, or asks
 * for faults in user mode only.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/userfaultfd.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "child.h"
#include "forms.h"
#include "register.h"
#include "result.h"
#include "scene.h"
#include "setting.h"
#include "uffd.h"

#define DEVICE "/dev/userfaultfd"
#define NOBODY 65534

/* include/uapi/linux/userfaultfd.h, where the build host's is older than 6.1. */
#ifndef USERFAULTFD_IOC_NEW
#define USERFAULTFD_IOC_NEW _IO(0xAA, 0x00)
#endif

static int open_device(void)
{
	int device = open(DEVICE, O_RDWR | O_CLOEXEC);

	if (device < 0 && errno == ENOENT)
		case_skip("no " DEVICE);
	if (device < 0)
		case_error(DEVICE ": %s", strerror(errno));
	return device;
}

/* Not even what a userfaultfd itself would take. */
static void expect_no_other(int device)
{
	struct uffdio_api api = { .api = UFFD_API };
	unsigned int next = _IOC_NR(USERFAULTFD_IOC_NEW) + 1;
	int ret = ioctl(device, _IO(_IOC_TYPE(USERFAULTFD_IOC_NEW), next), O_CLOEXEC);

	case_expect_error("another ioctl", ret < 0 ? errno : 0, EINVAL);
	ret = ioctl(device, UFFDIO_API, &api);
	case_expect_error("UFFDIO_API of " DEVICE, ret < 0 ? errno : 0, EINVAL);
}

void from_device(const struct test_case *self)
{
	int device = open_device();
	int uffd = ioctl(device, USERFAULTFD_IOC_NEW, O_CLOEXEC | O_NONBLOCK);
	struct scene scene;

	case_expect_error("USERFAULTFD_IOC_NEW", uffd < 0 ? errno : 0, 0);
	expect_no_other(device);
	close(device);
	if (uffd < 0)
		return;
	uffd_ask(uffd, scene_features(form_of(self)->kind, form_of(self)->form));
	scene_set(&scene, form_of(self)->kind, form_of(self)->form, ALL, 0);
	uffd_unregister(scene.uffd, scene.mapping.start, mapping_size(&scene.mapping));
	scene_expect_registrable(&scene, uffd);
}

/* userfaultfd_syscall_allowed(), where vm.unprivileged_userfaultfd is 0 */
void without_privilege(const struct test_case *self)
{
	struct scene scene;
	pid_t child;
	int uffd;

	if (setting_get("/proc/sys/vm/unprivileged_userfaultfd"))
		case_error("vm.unprivileged_userfaultfd is set");
	scene_set(&scene, form_of(self)->kind, form_of(self)->form, ALL, 0);
	child = child_fork();
	if (!child) {
		if (setresuid(NOBODY, NOBODY, NOBODY))
			case_error("setresuid: %s", strerror(errno));
		uffd = syscall(SYS_userfaultfd, O_CLOEXEC | O_NONBLOCK);
		case_expect_error("userfaultfd", uffd < 0 ? errno : 0, EPERM);
		uffd = uffd_open_user_mode(scene_features(form_of(self)->kind,
							  form_of(self)->form));
		scene_expect_registrable(&scene, uffd);
		child_exit();
	}
	child_wait(child);
	scene_write(&scene, true, form_data(self));
}
