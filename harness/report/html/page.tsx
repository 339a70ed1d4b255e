// The skeleton of every page: one file that needs nothing else, and may ask for nothing else.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ComponentChildren } from "preact";
import { renderToString } from "preact-render-to-string";
import { projectDirectory } from "../../process/directories.ts";

/** Text for a `<style>` or a `<script>`, read from a file beside the pages. */
export interface Inline {
  readonly text: string;
  /** As a content security policy names it. */
  readonly hash: string;
}

export interface Page {
  readonly title: string;
  /** Above what the page says: a badge, the verdict in a sentence, the facts. */
  readonly head: ComponentChildren;
  /** Where the contents lead: the id of a section, or the path of a page, and its name. */
  readonly contents?: readonly (readonly [id: string, name: string])[];
  readonly body: ComponentChildren;
  readonly styles?: readonly Inline[];
  readonly scripts?: readonly Inline[];
  /** What a page of a server may fetch: `'self'`; a file asks for nothing. */
  readonly connect?: "'self'" | "'none'";
}

/** A file of harness/, for `styles` and `scripts`. */
export function inline(name: string): Inline {
  const text = readFileSync(join(projectDirectory, "harness", name), "utf8");
  const hash = `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
  return { text, hash };
}

const common = inline("report/html/page.css");

/** The page as a document. All text is escaped by the renderer; styles and scripts are ours alone. */
export function renderPage(page: Page): string {
  return `<!doctype html>\n${renderToString(<Document {...page} />)}\n`;
}

/** What a browser may load for a page: nothing but what stands in it. */
function policyOf({ styles = [], scripts = [], connect = "'none'" }: Page): string {
  const hashes = (all: readonly Inline[]) => all.map(({ hash }) => hash).join(" ") || "'none'";
  return [
    "default-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    // Attributes carry widths of bars and columns.
    `style-src-elem ${hashes([common, ...styles])}`,
    "style-src-attr 'unsafe-inline'",
    `script-src ${hashes(scripts)}`,
    `connect-src ${connect}`,
  ].join("; ");
}

function Document(page: Page) {
  const { title, head, contents = [], body, styles = [], scripts = [] } = page;
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content={policyOf(page)} />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{title}</title>
        {[common, ...styles].map(({ text }) => (
          <style key={text} dangerouslySetInnerHTML={{ __html: text }} />
        ))}
      </head>
      <body>
        <a class="to-main" href="#main">
          Skip to the results
        </a>
        <header>{head}</header>
        {contents.length > 0 && (
          <nav class="contents" aria-label="Contents">
            {contents.map(([id, name]) => (
              <a key={id} href={id.startsWith("/") ? id : `#${id}`}>
                {name}
              </a>
            ))}
          </nav>
        )}
        <main id="main">{body}</main>
        {scripts.map(({ text }) => (
          <script key={text} dangerouslySetInnerHTML={{ __html: text }} />
        ))}
      </body>
    </html>
  );
}
