// Which expressions may be evaluated although nobody asked: what has no effect and can't fault.
import type { Node } from "./syntax.ts";

/** Take values and give values, whatever the page table entry is. */
const VALUES =
  /^_*(pte|pmd|pud|huge_pte|swp|softleaf|pfn|pgprot|is|make|mk)_\w+$|^(likely|unlikely|IS_ENABLED|IS_ERR|READ_ONCE|min|max)$/;
/** Look at what their arguments point at. */
const LOOKS =
  /^(vma_(is|can|has|soft|wants|needs)\w*|userfaultfd_(wp|pte_wp|huge_pmd_wp|minor|missing|armed|protected)\w*|uffd_(disable|supports)\w+|[Pp]age_?(is|mapped|count|Anon|Huge|Trans|Swap|Reserved)\w*|Page[A-Z]\w+|folio_(test|is|nr|mapcount)\w*|huge_ptep_get|ptep_get(_lockless)?|pmdp_get|zap_drop_\w+|should_(zap|skip)\w*|pgtable_(split|populate)_needed|non_swap_entry|thp_\w+enabled|pte_marker\w*|is_\w+)$/;
/** Among the names above, those that do something. */
const DOES =
  /alloc|lock|unmap|offset|populate|install|free|none_or|(^|_)clear(_bad|_not_present\w*)?$|get_and|ptep_(?!get)|withdraw|deposit|same_as/;

/** Whether both can be evaluated, one after the other, where only the original would have been. */
export function areBothHarmless(original: Node, changed: Node | undefined): boolean {
  if (!isPure(original)) return false;
  if (!changed) return true;
  if (!isPure(changed)) return false;
  const always = new Set(risks(original, false));
  return risks(changed, true).every((risk) => always.has(risk));
}

function isPure(node: Node): boolean {
  if (node.type === "assignment_expression" || node.type === "update_expression") return false;
  if (node.type === "call_expression" && !isHarmlessCall(node)) return false;
  if (node.type === "compound_statement") return false;
  return node.namedChildren.every((child) => !child || isPure(child));
}

function isHarmlessCall(call: Node): boolean {
  const name = call.childForFieldName("function")?.text ?? "";
  return (VALUES.test(name) || LOOKS.test(name)) && !DOES.test(name);
}

/** What may fault: pointers followed and functions that follow them; `deep`: on every way through. */
function risks(node: Node, deep: boolean): string[] {
  const own = isRisk(node) ? [node.text.replaceAll(/\s+/g, "")] : [];
  const below = deep ? node.namedChildren : certainChildren(node);
  return [...own, ...below.flatMap((child) => (child ? risks(child, deep) : []))];
}

function isRisk(node: Node): boolean {
  if (node.type === "subscript_expression") return true;
  // A fault's vma and vmf are there whenever its code runs.
  if (node.type === "field_expression")
    return !/^(vma|vmf|mm|walk|wp|details|ctx)\b/.test(node.text);
  if (node.type === "pointer_expression") return node.text.startsWith("*");
  if (node.type !== "call_expression") return false;
  return LOOKS.test(node.childForFieldName("function")?.text ?? "");
}

/** Children that are evaluated whenever the node is. */
function certainChildren(node: Node): (Node | null)[] {
  const operator = node.childForFieldName("operator")?.text;
  if (operator === "&&" || operator === "||") return [node.childForFieldName("left")];
  if (node.type === "conditional_expression") return [node.childForFieldName("condition")];
  return node.namedChildren;
}
