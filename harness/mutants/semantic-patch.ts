// What a semantic patch says of itself, before spatch reads it.

/** As spatch wants it: lines with signs alone, as people jot them down, become a rule. */
export function completed(smpl: string): string {
  const isBare = !/^@/m.test(smpl) && /^[-+]/m.test(smpl);
  return isBare ? `@@\n@@\n${smpl}` : smpl;
}

/** Options without which none of its rules applies: in the kernel's own patches `patch` is a mode. */
export function modeOf(smpl: string): string[] {
  const modes = [...smpl.matchAll(/^[ \t]*virtual\b([^;@\n]*)/gm)].map((match) => match[1] ?? "");
  return modes.some((names) => /\bpatch\b/.test(names)) ? ["-D", "patch"] : [];
}

/** Files and directories that its rules are tied to; not those that they are kept away from. */
export function filesNamed(smpl: string): string[] {
  return [...smpl.matchAll(/(?<!!\s*\(?\s*)\bfile\s+in\s+"([^"]+)"/g)].map(
    (match) => match[1] ?? "",
  );
}

/** Words that a file has when a rule fits: all of them, or one of them at least. */
export interface Needed {
  readonly words: readonly string[];
  readonly all: boolean;
}

/** For each rule that changes something, what can be looked for in files before it is tried. */
export function wordsNeeded(smpl: string): Needed[] {
  const needed = rulesOf(smpl)
    .filter(({ body }) => /^[-+]/m.test(body))
    .map(({ declarations, body }) => {
      const declared = new Set(wordsIn(declarations));
      const kept = body.replaceAll(/^\+.*$/gm, "").replaceAll(/\bwhen\b.*$/gm, "");
      const wordsOf = (text: string) =>
        wordsIn(text).filter((word) => !declared.has(word) && !COMMON.has(word));
      // A nest may be empty, but what stands around it, a function's name, may not.
      const around = kept.replaceAll(NEST, "");
      const needed = wordsOf(around).length > 0 ? around : kept;
      return { words: [...new Set(wordsOf(needed))], all: !OPTIONAL.test(needed) };
    });
  return needed.length > 0 ? needed : [{ words: [], all: true }];
}

/** Alternatives, nests and lines that may be missing. */
const OPTIONAL = /\\\(|\\\||^[-+ \t]*[(|][ \t]*$|<\.\.\.|^[-+]?\?/m;

const NEST = /<\.\.\.[\s\S]*?\.\.\.>/g;

/** What C, SmPL or an isomorphism may write in another way. */
const COMMON = new Set(
  `if else for while do switch case default break continue return goto sizeof typeof struct union
  enum static inline const volatile unsigned signed int long short char void bool u8 u16 u32 u64
  true false NULL likely unlikely any exists forall strict`.split(/\s+/),
);

interface Rule {
  readonly declarations: string;
  readonly body: string;
}

/** `@name@ metavariables @@ body`, up to the next rule. */
function rulesOf(smpl: string): Rule[] {
  const text = smpl.replaceAll(/\/\*[\s\S]*?\*\//g, " ").replaceAll(/\/\/.*$/gm, "");
  const rules = text.matchAll(/^@([^@\n]*)@([^@]*)@@([\s\S]*?)(?=^@|$(?![\s\S]))/gm);
  return [...rules]
    .filter(([, head = ""]) => !/^\s*(script|initialize|finalize)\b/.test(head))
    .map(([, , declarations = "", body = ""]) => ({ declarations, body }));
}

function wordsIn(text: string): string[] {
  return text.replaceAll(/"[^"\n]*"/g, "").match(/\b[A-Za-z_]\w*\b/g) ?? [];
}
