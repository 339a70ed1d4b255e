// Functions of the kernel that may be called although nobody asked. Each is named, or what follows
// its prefix is: whole families have members that do something, pte_marker_handle_uffd_wp() or
// folio_test_clear_dirty() for example. What is not here is called only where the kernel calls it.

const names = (...words: string[]) => words.join("|");

/** What a page table entry is asked for, or made into, as a value. */
const ENTRY = names(
  "val",
  "none",
  "none_mostly",
  "present",
  "write",
  "dirty",
  "young",
  "exec",
  "special",
  "devmap",
  "huge",
  "leaf",
  "trans_huge",
  "protnone",
  "same",
  "soft_dirty",
  "uffd_wp",
  "mkuffd_wp",
  "clear_uffd_wp",
  "mksoft_dirty",
  "clear_soft_dirty",
  "wrprotect",
  "mkhuge",
  "mkdirty",
  "mkclean",
  "mkyoung",
  "mkold",
  "mkspecial",
  "mkdevmap",
  "modify",
  "pfn",
  "pgprot",
);
/** The same of an entry that is not present. */
const SWAPPED = names(
  "uffd_wp",
  "uffd_wp_any",
  "mkuffd_wp",
  "clear_uffd_wp",
  "exclusive",
  "mkexclusive",
  "clear_exclusive",
  "soft_dirty",
  "mksoft_dirty",
  "clear_soft_dirty",
  "clear_flags",
);
const MARKER = names(
  "is_pte_marker",
  "is_pte_marker_entry",
  "pte_is_marker",
  "pte_is_uffd_marker",
  "pte_is_uffd_wp_marker",
  "pte_marker_get",
  "pte_marker_uffd_wp",
  "pte_marker_entry_uffd_wp",
  "make_pte_marker",
  "make_pte_marker_entry",
  "make_uffd_wp_marker",
  "mk_uffd_wp_marker",
);
const MOVED = names(
  "non_swap_entry",
  "is_swap_pte",
  "is_swap_pmd",
  "is_pmd_migration_entry",
  "is_(?:(?:writable|readable|readable_exclusive)_)?(?:migration|device_private|device_exclusive)_entry",
  "make_(?:writable|readable|readable_exclusive)_(?:migration|device_private|device_exclusive)_entry",
  "swp_type",
  "swp_offset",
  "(?:pte|pmd)_to_swp_entry",
  "swp_entry_to_(?:pte|pmd)",
  "softleaf_from_(?:pte|pmd)",
  "softleaf_to_(?:pte|pmd)",
  "softleaf_is_[a-z_]+",
);
const VALUES = new RegExp(
  `^(?:${names(
    `(?:pte|pmd|pud|huge_pte)_(?:${ENTRY})`,
    `(?:pte|pmd)_swp_(?:${SWAPPED})`,
    MARKER,
    MOVED,
    "is_cow_mapping",
    "is_zero_pfn",
    "mk_pte",
    "mk_huge_pte",
    "mk_huge_pmd",
    "likely",
    "unlikely",
    "IS_ENABLED",
    "IS_ERR",
    "READ_ONCE",
    "min",
    "max",
  )})$`,
);

const REGISTERED = names(
  "userfaultfd_(?:wp|pte_wp|huge_pmd_wp|minor|missing|armed|wp_async|wp_unpopulated)",
  "userfaultfd_wp_use_markers",
  "uffd_disable_(?:fault_around|huge_pmd_share)",
  "uffd_wp_protect_file",
  "vma_has_uffd_without_event_remap",
  "pgtable_(?:split|populate)_needed",
  "zap_drop_file_uffd_wp",
  "zap_drop_markers",
  "should_zap_(?:cows|page|folio)",
  "zap_skip_check_mapping",
);
const LOOKS = new RegExp(
  `^(?:${names(
    REGISTERED,
    "vma_is_(?:anonymous|shmem|accessible|dax|shared)",
    "is_vm_hugetlb_page",
    "vma_soft_dirty_enabled",
    "ptep_get",
    "ptep_get_lockless",
    "pmdp_get",
    "huge_ptep_get",
    "pmdp_get_lockless",
    "(?:pte|pmd|huge_pte)_mkwrite",
    "folio_test_(?!set_|clear_)[a-z_]+",
    "folio_(?:nr_pages|mapcount|ref_count|order)",
    "page_(?:mapped|mapcount|count)",
    "Page(?:Anon|AnonExclusive|Dirty|Head|Huge|Locked|Swap[A-Z][a-z]+|Tail|Trans[A-Z][a-z]+|Uptodate)",
  )})$`,
);

/** Whether it gives a value and does nothing else. */
export function isHarmless(name: string): boolean {
  return VALUES.test(name) || LOOKS.test(name);
}

/** Whether it looks at what its arguments point at, and so faults where they point at nothing. */
export function followsPointers(name: string): boolean {
  return LOOKS.test(name);
}
