/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Guards of planted faults.  Each has a number; the one that is active behaves
 * as its mutant, all others as the kernel was.  Stands alone: it is included
 * before everything else, also by headers.
 */
#ifndef _LINUX_UFFDWP_MUTANT_H
#define _LINUX_UFFDWP_MUTANT_H

#ifndef __ASSEMBLER__

#define UFFDWP_MUTANTS		4096
#define UFFDWP_REACHED		1
#define UFFDWP_DIFFERED		2

extern unsigned int uffdwp_mutant_active;
extern unsigned char uffdwp_mutant_hits[UFFDWP_MUTANTS];
void uffdwp_mutant_record(unsigned int number, unsigned char bits);

static inline __attribute__((__always_inline__, __unused__))
_Bool uffdwp_mutant_note(unsigned int number, unsigned char bits)
{
	if (__builtin_expect((uffdwp_mutant_hits[number] & bits) != bits, 0))
		uffdwp_mutant_record(number, bits);
	return *(volatile unsigned int *)&uffdwp_mutant_active == number;
}

/* Whether the mutant is active; that it makes a difference is assumed. */
#define uffdwp_mutant(number)						\
	uffdwp_mutant_note(number, UFFDWP_REACHED | UFFDWP_DIFFERED)

/* Whether the mutant is active, where both values are known: @was and @is. */
#define uffdwp_mutant_differs(number, was, is)				\
	uffdwp_mutant_note(number, __builtin_memcmp(&(was), &(is), sizeof(was)) ? \
			   UFFDWP_REACHED | UFFDWP_DIFFERED : UFFDWP_REACHED)

#endif /* __ASSEMBLER__ */
#endif
