// What the compiler, objtool and modpost complain about in a build's log.

const COMPILER = /^([^\s:]+):\d+(?::\d+)?: warning: (.+)$/;
const OTHER = /^\S+: (warning: objtool: .+)$|^(WARNING: modpost: .+)$/;

/** Each once, without its line or offset: the same complaint in a file that has grown is none that is new. */
export function warningsOf(log: string): string[] {
  const found = log.split("\n").flatMap((line) => {
    const [, file, message] = COMPILER.exec(line) ?? [];
    if (file !== undefined) return [`${file.replace(/^(\.\.\/)+src\//, "")}: ${message}`];
    const [, objtool, modpost] = OTHER.exec(line) ?? [];
    const other = objtool ?? modpost;
    return other === undefined ? [] : [other.replaceAll(/\+0x[0-9a-f]+/g, "")];
  });
  return [...new Set(found)];
}
