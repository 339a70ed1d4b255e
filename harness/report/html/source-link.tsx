// Lines of a kernel log, with the places in the source that they name as links.
import type { ComponentChildren } from "preact";
import { SOURCE_PLACES } from "../series-place.ts";

const RELEASE = /^(\d+\.\d+)(?:\.(\d+))?/;

/** A released kernel's source in the web; undefined for what was never released. */
function sourceUrl(release: string, path: string, line: string): string | undefined {
  const [, version, patch] = RELEASE.exec(release) ?? [];
  if (!version) return undefined;
  const tag = patch && patch !== "0" ? `v${version}.${patch}` : `v${version}`;
  return `https://elixir.bootlin.com/linux/${tag}/source/${path}#L${line}`;
}

export function LogLine({ text, release }: { text: string; release: string }) {
  const parts: ComponentChildren[] = [];
  let at = 0;
  for (const match of text.matchAll(SOURCE_PLACES)) {
    const [place, path = "", line = ""] = match;
    const url = sourceUrl(release, path, line);
    if (!url) continue;
    parts.push(
      text.slice(at, match.index),
      <a href={url} rel="noreferrer">
        {place}
      </a>,
    );
    at = match.index + place.length;
  }
  return (
    <>
      {parts}
      {text.slice(at)}
      {"\n"}
    </>
  );
}
