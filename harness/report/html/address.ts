// Addresses with names in them that may hold anything.

/** A relative or absolute path of a URL: each part between slashes is escaped. */
export function encodedPath(path: string): string {
  return path.split("/").map(encodeURIComponent).join("/");
}
