// Addresses of pages, with names in them that may hold anything.

export function runHref(name: string): string {
  return `/runs/${encodeURIComponent(name)}/`;
}

export function caseHref(id: string): string {
  return `/cases/${id.split("/").map(encodeURIComponent).join("/")}`;
}

export function compareHref(from: string, to: string): string {
  return `/compare?${new URLSearchParams({ from, to })}`;
}
