// How programs of the kernel's selftests end.

/** tools/testing/selftests/kselftest.h: KSFT_PASS to KSFT_SKIP */
export const KSFT = { pass: 0, fail: 1, xfail: 2, xpass: 3, skip: 4 } as const;
