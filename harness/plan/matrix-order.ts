// In which order a matrix is worked off.
import { type Cell, cellName } from "./matrix.ts";

/**
 * The cells of one built kernel together, as they wait for one build. Whoever has repaired
 * something wants to see that first: groups with a cell of `failed` go before the others, and in
 * each group such cells; the rest stays as the file has it.
 *
 * @param failed names of cells, as `cellName` makes them
 */
export function buildGroups(cells: readonly Cell[], failed: ReadonlySet<string>): Cell[][] {
  const groups = new Map<string, Cell[]>();
  for (const cell of cells) {
    const build = JSON.stringify([cell.kernel, cell.kconfig]);
    groups.set(build, [...(groups.get(build) ?? []), cell]);
  }
  const rank = (cell: Cell) => (failed.has(cellName(cell)) ? 0 : 1);
  const sorted = [...groups.values()].map((group) => group.sort((a, b) => rank(a) - rank(b)));
  const first = (group: readonly Cell[]) => rank(group[0] as Cell);
  return sorted.sort((a, b) => first(a) - first(b));
}
