// A planted fault: the pte of a private page that was reclaimed is zapped without leaving a marker behind.
@@
expression pteval;
@@
  pte_install_uffd_wp_if_needed(...)
  {
  <...
- pte_swp_uffd_wp_any(pteval)
+ pte_marker_uffd_wp(pteval)
  ...>
  }
