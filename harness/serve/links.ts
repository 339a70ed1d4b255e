// Addresses of the site's pages.
import { encodedPath } from "../report/html/address.ts";

export function runHref(name: string): string {
  return `/runs/${encodeURIComponent(name)}/`;
}

/** The page of a hunt, a matrix or a campaign; what it leads to lies beside it as in results/. */
export function reportHref(name: string): string {
  return `/reports/${encodeURIComponent(name)}/report.html`;
}

export function caseHref(id: string): string {
  return `/cases/${encodedPath(id)}`;
}

export function compareHref(from: string, to: string): string {
  return `/compare?${new URLSearchParams({ from, to })}`;
}
