// Reads the kernel's Kconfig files as far as dependencies go: who needs what.
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";

/** One definition of an option: the conditions that must all hold for it to be offered. */
export interface Definition {
  readonly option: string;
  /** Expressions in Kconfig's language, without CONFIG_. */
  readonly conditions: readonly string[];
  readonly file: string;
}

/**
 * All definitions reachable from the tree's top Kconfig, with the conditions of the `if`, `menu`
 * and `choice` blocks and of the files around them. The language is described in
 * Documentation/kbuild/kconfig-language.rst; defaults, selects and prompts are passed over.
 *
 * @param srcarch what $(SRCARCH) stands for: `x86`
 */
export async function readDefinitions(src: string, srcarch: string): Promise<Definition[]> {
  const definitions: Definition[] = [];

  async function readFileInto(file: string, outer: readonly string[]): Promise<void> {
    if (!existsSync(join(src, file))) return;
    const lines = joinLines(await readFile(join(src, file), "utf8"));
    /** Conditions of the blocks that are open; the entry that is being read collects its own. */
    const blocks: string[][] = [[...outer]];
    let entry: string[] = [];
    let inHelp: number | undefined;
    for (const line of lines) {
      const indent = line.search(/\S/);
      if (indent < 0) continue;
      if (inHelp !== undefined && (inHelp === 0 || indent >= inHelp)) {
        inHelp ||= indent;
        continue;
      }
      inHelp = undefined;
      const words = line.trim();
      const around = blocks.flat();
      const [, keyword = "", rest = ""] = /^(\S+)\s*(.*)$/.exec(words) ?? [];
      if (keyword === "help" || keyword === "---help---") inHelp = 0;
      else if (keyword === "config" || keyword === "menuconfig") {
        entry = [];
        definitions.push(lateConditions(rest, around, entry, file));
      } else if (keyword === "if") blocks.push([rest]);
      else if (keyword === "menu" || keyword === "choice") {
        entry = [];
        blocks.push(entry);
      } else if (/^end(if|menu|choice)$/.test(keyword)) blocks.pop();
      else if (words.startsWith("depends on ")) entry.push(words.slice("depends on ".length));
      else if (keyword === "source") {
        const path = rest.replaceAll('"', "").replaceAll("$(SRCARCH)", srcarch);
        await readFileInto(path, around);
      } else if (/^(comment|mainmenu)$/.test(keyword)) entry = [];
    }
  }

  await readFileInto("Kconfig", []);
  return definitions;
}

/** A definition whose own conditions are still to come: the lines below it fill `own`. */
function lateConditions(option: string, around: string[], own: string[], file: string): Definition {
  return {
    option,
    file,
    get conditions() {
      return [...around, ...own];
    },
  };
}

/** A backslash at the end of a line carries on in the next; comments go. */
function joinLines(text: string): string[] {
  return text
    .replaceAll(/\\\n\s*/g, " ")
    .split("\n")
    .filter((line) => !/^\s*#/.test(line));
}
