// Addresses of the site's pages.
import { encodedPath } from "../report/html/address.ts";

export function runHref(name: string): string {
  return `/runs/${encodeURIComponent(name)}/`;
}

export function caseHref(id: string): string {
  return `/cases/${encodedPath(id)}`;
}

export function compareHref(from: string, to: string): string {
  return `/compare?${new URLSearchParams({ from, to })}`;
}
