/* SPDX-License-Identifier: GPL-2.0 */
/* What a case can say, from its own process to the one that runs it. */
#ifndef CASES_RESULT_H
#define CASES_RESULT_H

enum verdict { PASS, FAIL, SKIP, ERROR, AGAIN };

struct result {
	enum verdict verdict;
	char reason[256];
};

/* The case goes on, and will have failed. */
void case_fail(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* Fails the case unless @what has given the error; 0 is none. */
void case_expect_error(const char *what, int error, int expected);
/* The case ends here: the kernel lacks something that it needs. */
_Noreturn void case_skip(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* The case ends here: it could not set its scene, so it says nothing. */
_Noreturn void case_error(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* The case ends here and begins anew: by chance it did not meet what it is about. */
_Noreturn void case_again(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* For the runner: the result is shared with the processes that it forks. */
int result_share(void);
void result_clear(void);
const struct result *result_get(void);
/* Whatever the case has said, this is how it ended. */
void result_override(enum verdict verdict, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

#endif
