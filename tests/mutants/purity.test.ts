// When both values may be computed although the kernel would have computed one.
import t from "tap";
import { areBothHarmless } from "../../harness/mutants/purity.ts";
import { type Node, parseBody } from "../../harness/mutants/syntax.ts";

async function expression(text: string): Promise<Node> {
  const body = await parseBody(`{ x(${text}); }`);
  return body.descendantsOfType("argument_list")[0]?.namedChild(0) as Node;
}

const both = async (original: string, changed: string) =>
  areBothHarmless(await expression(original), await expression(changed));

t.test("values of an entry, and what the original has looked at", async (t) => {
  t.ok(await both("pte_swp_uffd_wp(vmf->orig_pte)", "false"));
  t.ok(await both("pte_mkuffd_wp(pte_wrprotect(entry))", "pte_wrprotect(entry)"));
  t.ok(await both("userfaultfd_wp(vma) && pte_uffd_wp(pte)", "userfaultfd_wp(vma)"));
  t.ok(await both("vma->vm_flags & VM_SHARED", "vma->vm_start"), "the same pointer");
  t.ok(await both("likely(ctx->features)", "!ctx->flags"));
});

t.test("a pointer that the original tests first may be none", async (t) => {
  t.notOk(await both("details && details->single_folio", "details->single_folio"));
  t.notOk(await both("!ctx || !(ctx->features & X)", "!(ctx->features & X)"));
  t.notOk(await both("!vma || vma->vm_start > addr", "vma->vm_start > addr"));
  t.notOk(await both("a ? *p : 0", "*p"));
  t.notOk(await both("vma && userfaultfd_wp(vma)", "userfaultfd_wp(vma)"));
  t.notOk(await both("list[0]", "list[n]"));
});

t.test("a size or an address is asked for without a look", async (t) => {
  t.notOk(await both("sizeof(p->x)", "p->x"));
  t.notOk(await both("&p->x == q", "p->x == q"));
});

t.test("nothing is divided by what may be none", async (t) => {
  t.notOk(await both("n ? size / n : 0", "size / n"));
});

t.test("what does something is called only where the kernel calls it", async (t) => {
  const doing = [
    "vma_needs_reservation(h, vma, addr)",
    "pte_marker_handle_uffd_wp(vmf)",
    "folio_test_clear_dirty(folio)",
    "folio_test_set_writeback(folio)",
    "pte_clear(mm, a, p)",
    "TestClearPageDirty(page)",
    "SetPageDirty(page)",
    "handle_userfault(vmf, reason)",
    "pte_install_uffd_wp_if_needed(vma, addr, pte, old)",
    "pmd_trans_unstable(pmd)",
    "pte_offset_map(pmd, addr)",
    "userfaultfd_wait(ctx)",
    "pud_free(mm, pud)",
    "i++",
    "(a = b)",
    "huge_ptep_get_and_clear(mm, addr, p)",
    "ptep_get_and_clear(mm, addr, p)",
    "({ f(); })",
  ];
  for (const one of doing) {
    t.notOk(await both(one, `!${one}`), one);
    t.notOk(await both("a", `a && ${one}`), one);
  }
});
