// What we answer: a page, a text, a refusal; each with headers that leave a browser no choice.
import type { ServerResponse } from "node:http";
import { type Page, renderPage } from "../report/html/page.tsx";

export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string | Buffer;
  /** What a browser may do with it; the rest of the policy stands in our pages themselves. */
  readonly policy?: string;
}

const HEADERS = {
  "cache-control": "no-store",
  "content-security-policy": "frame-ancestors 'none'",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};

export function page(content: Page): Answer {
  return { status: 200, type: "text/html; charset=utf-8", body: renderPage(content) };
}

export function plain(status: number, body: string | Buffer): Answer {
  return { status, type: "text/plain; charset=utf-8", body };
}

/** A page as it lies in results/, maybe from elsewhere: it runs as a stranger to the rest of the site. */
export function keptPage(body: Buffer): Answer {
  const policy = "sandbox allow-scripts; frame-ancestors 'none'";
  return { status: 200, type: "text/html; charset=utf-8", body, policy };
}

export const notFound = plain(404, "There is no such page.\n");

export function send(response: ServerResponse, { status, type, body, policy }: Answer): void {
  const own = policy ? { "content-security-policy": policy } : {};
  response.writeHead(status, { ...HEADERS, "content-type": type, ...own });
  response.end(body);
}

/** Headers of a stream of events; it stays open. */
export function openStream(response: ServerResponse): void {
  response.writeHead(200, { ...HEADERS, "content-type": "text/event-stream" });
  response.flushHeaders();
}
