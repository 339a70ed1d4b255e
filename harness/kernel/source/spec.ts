// The forms of `--kernel`, told apart.
import { existsSync, realpathSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { UsageError } from "../../errors.ts";

export type KernelSpec =
  | { readonly form: "debian"; readonly version: string }
  | { readonly form: "debian-image"; readonly version: string }
  | { readonly form: "image"; readonly file: string }
  | { readonly form: "tarball"; readonly file: string }
  /** A tree as it stands, or one of its revisions. */
  | { readonly form: "tree"; readonly path: string; readonly revision: string | undefined };

const VERSION = /^\d+\.\d+$/;

/**
 * Reads one of the forms; paths come back absolute, and exist.
 *
 * @throws {UsageError} when it is none of the forms, or names nothing
 */
export function parseKernelSpec(text: string): KernelSpec {
  const [, prefix, rest = ""] = /^(debian-image|debian|image):(.*)$/s.exec(text) ?? [];
  if (prefix === "image") return { form: "image", file: existingFile(rest) };
  if (prefix === "debian" || prefix === "debian-image") {
    if (!VERSION.test(rest)) {
      throw new UsageError(`${text}: after ${prefix}: comes a version such as 6.1, not "${rest}".`);
    }
    return { form: prefix, version: rest };
  }
  if (/\.tar\.(xz|gz|zst)$/.test(text)) return { form: "tarball", file: existingFile(text) };
  return parseTree(text);
}

/** A kernel that is built here: what is built already has no source. */
export type SourceSpec = Exclude<KernelSpec, { form: "image" | "debian-image" }>;

/**
 * Reads a kernel whose source is needed.
 *
 * @param refusal what can't be done with one that is built already
 * @throws {UsageError} when it is such a one, or as `parseKernelSpec`
 */
export function parseSourceSpec(text: string, refusal: string): SourceSpec {
  const spec = parseKernelSpec(text);
  if (spec.form === "image" || spec.form === "debian-image") {
    throw new UsageError(`${text} is built already: ${refusal}.`);
  }
  return spec;
}

/** The path of a tree as it stands; undefined for every other kernel, a revision of a tree included. */
export function workTreeOf(text: string): string | undefined {
  const spec = parseKernelSpec(text);
  return spec.form === "tree" && spec.revision === undefined ? spec.path : undefined;
}

/** The same kernel, named from anywhere. */
export function absoluteSpec(text: string): string {
  const spec = parseKernelSpec(text);
  if (spec.form === "image") return `image:${spec.file}`;
  if (spec.form === "tarball") return spec.file;
  if (spec.form !== "tree") return text;
  return spec.revision === undefined ? spec.path : `${spec.path}@${spec.revision}`;
}

/** A directory may have an @ in its name, so a tree that exists wins over PATH@REV. */
function parseTree(text: string): KernelSpec {
  if (existsSync(text)) return { form: "tree", path: kernelTree(text), revision: undefined };
  const at = text.lastIndexOf("@");
  if (at > 0) {
    const revision = text.slice(at + 1);
    // A revision that begins with a dash would be an option to git.
    if (revision === "" || revision.startsWith("-")) {
      throw new UsageError(`${text}: "${revision}" is no revision.`);
    }
    return { form: "tree", path: kernelTree(text.slice(0, at)), revision };
  }
  throw new UsageError(
    `${text}: there is no such tree. A kernel is debian:6.1, PATH, PATH@REV, FILE.tar.xz, image:FILE or debian-image:6.12.`,
  );
}

function kernelTree(path: string): string {
  if (!existsSync(path)) throw new UsageError(`${path}: there is no such tree.`);
  const parts = ["Makefile", "Kconfig", "kernel"];
  const missing = parts.filter((part) => !existsSync(join(path, part)));
  if (missing.length > 0) {
    throw new UsageError(`${path} is no kernel tree: it has no ${missing.join(", no ")}.`);
  }
  return realpathSync(path);
}

function existingFile(path: string): string {
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) {
    throw new UsageError(`${path}: there is no such file.`);
  }
  return resolve(path);
}
