// A terminal as a page: text with colours (SGR) becomes elements.
import { writeFile } from "node:fs/promises";
import { h, type VNode } from "preact";
import { renderToString } from "preact-render-to-string";

const STYLE = `
body { background: #fff; margin: 0 }
pre { background: #16181b; border-radius: 8px; color: #dfe2e6; display: inline-block; margin: 0;
  font: 14px/1.45 "DejaVu Sans Mono", monospace; padding: 18px 22px; white-space: pre-wrap; width: 84ch }
.c1 { font-weight: bold } .c2 { color: #98a1ab } .c31 { color: #ff7b72 } .c32 { color: #8fd0a2 }
.c33 { color: #e3a33c } .c36 { color: #7cc7d6 }`;
const SGR = new RegExp(`${String.fromCharCode(27)}\\[([0-9;]*)m`);

/** Writes the page of a command and what it has printed. */
export async function terminalPage(file: string, command: string, printed: string): Promise<void> {
  const [first = "", ...rest] = printed.split(SGR);
  const parts: VNode[] = [];
  let active: string[] = [];
  for (let i = 0; i < rest.length; i += 2) {
    active = next(active, rest[i] ?? "");
    const colours = { class: active.map((code) => `c${code}`).join(" ") };
    parts.push(h("span", colours, rest[i + 1]) as VNode);
  }
  const screen = h("pre", null, h("span", { class: "c2" }, "$ "), `${command}\n`, first, parts);
  const page = h("html", null, h("head", null, h("style", null, STYLE)), h("body", null, screen));
  await writeFile(file, `<!doctype html><meta charset="utf-8">${renderToString(page)}`);
}

/** 0, 22 and 39 end what is bold, dim or coloured. */
function next(active: readonly string[], codes: string): string[] {
  if (codes === "22") return active.filter((code) => code !== "1" && code !== "2");
  if (codes === "39") return active.filter((code) => !code.startsWith("3"));
  return codes === "0" || codes === "" ? [] : [...active, ...codes.split(";")];
}
