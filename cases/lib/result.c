// SPDX-License-Identifier: GPL-2.0
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "result.h"

static struct result *result;

int result_share(void)
{
	result = mmap(NULL, sizeof(*result), PROT_READ | PROT_WRITE,
		      MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	return result == MAP_FAILED ? -1 : 0;
}

const struct result *result_get(void)
{
	return result;
}

void result_clear(void)
{
	memset(result, 0, sizeof(*result));
}

static void say(enum verdict verdict, const char *format, va_list args)
{
	/* What has failed has failed, whatever else comes of it. */
	if (result->verdict != FAIL)
		result->verdict = verdict;
	/* The first reason is the one that the others follow from. */
	if (!result->reason[0])
		vsnprintf(result->reason, sizeof(result->reason), format, args);
}

void result_override(enum verdict verdict, const char *format, ...)
{
	va_list args;

	result_clear();
	va_start(args, format);
	say(verdict, format, args);
	va_end(args);
	if (verdict == FAIL)
		printf("# %s\n", result->reason);
}

void case_fail(const char *format, ...)
{
	va_list args;

	printf("# ");
	va_start(args, format);
	vprintf(format, args);
	va_end(args);
	printf("\n");
	va_start(args, format);
	say(FAIL, format, args);
	va_end(args);
}

void case_expect_error(const char *what, int error, int expected)
{
	if (error != expected)
		case_fail("%s: %s, expected %s", what, strerror(error), strerror(expected));
}

/* For good, in whichever process of the case. */
static _Noreturn void end(enum verdict verdict, const char *format, va_list args)
{
	say(verdict, format, args);
	fflush(stdout);
	_exit(0);
}

void case_skip(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	end(SKIP, format, args);
}

void case_error(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	end(ERROR, format, args);
}

void case_again(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	end(AGAIN, format, args);
}
