// Names of what UFFDIO_API offers: include/uapi/linux/userfaultfd.h, UFFD_FEATURE_…

const BY_BIT = [
  "PAGEFAULT_FLAG_WP",
  "EVENT_FORK",
  "EVENT_REMAP",
  "EVENT_REMOVE",
  "MISSING_HUGETLBFS",
  "MISSING_SHMEM",
  "EVENT_UNMAP",
  "SIGBUS",
  "THREAD_ID",
  "MINOR_HUGETLBFS",
  "MINOR_SHMEM",
  "EXACT_ADDRESS",
  "WP_HUGETLBFS_SHMEM",
  "WP_UNPOPULATED",
  "POISON",
  "WP_ASYNC",
  "MOVE",
] as const;

export const FEATURES: readonly string[] = BY_BIT;

/** The names of the bits that are set; bits younger than this list have none. */
export function featureNames(bits: bigint): Set<string> {
  return new Set(BY_BIT.filter((_, bit) => (bits >> BigInt(bit)) & 1n));
}
