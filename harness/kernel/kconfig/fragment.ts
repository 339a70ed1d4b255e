// Fragments of a kernel configuration: found by name or path, cut to what holds for a version.
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { UsageError } from "../../errors.ts";
import { projectDirectory } from "../../process/directories.ts";
import { isBetween } from "../release.ts";
import { parseOptions } from "./options.ts";

export interface Fragment {
  readonly name: string;
  /** Its first comment: what it is for. */
  readonly purpose: string;
  /** With every option of every version; `optionsFor` cuts it. */
  readonly text: string;
}

/** What every kernel gets unless it is a prebuilt one; more is laid on top by name. */
export const DEFAULT_FRAGMENTS = [
  "base",
  "uffd-wp",
  "swap",
  "memcg",
  "hugetlb",
  "thp",
  "numa",
  "ksm",
  "device-private",
  "gup-test",
  "virtme",
];

const directory = join(projectDirectory, "kconfigs");

/** All fragments of kconfigs/, sorted by name. */
export async function listFragments(): Promise<Fragment[]> {
  const names = (await readdir(directory)).filter((name) => name.endsWith(".config")).sort();
  return Promise.all(names.map((name) => readFragment(join(directory, name))));
}

/**
 * The default set and the fragments asked for, in the order of merging, each once.
 *
 * @param asked names of kconfigs/, or paths of files
 * @throws {UsageError} when there is no such fragment
 */
export async function loadFragments(asked: readonly string[]): Promise<Fragment[]> {
  const paths = new Set(await Promise.all([...DEFAULT_FRAGMENTS, ...asked].map(pathOf)));
  return Promise.all([...paths].map(readFragment));
}

/**
 * One fragment by its name or path.
 *
 * @throws {UsageError} when there is no such fragment
 */
export async function loadFragment(name: string): Promise<Fragment> {
  return readFragment(await pathOf(name));
}

/** The same fragment, named from anywhere: one of ours by its name, another by its whole path. */
export function absoluteFragment(name: string): string {
  return isOurs(name) || !existsSync(name) ? name : resolve(name);
}

/** The options of a fragment that hold for a kernel version, as merge_config.sh reads them. */
export function optionsFor(fragment: Fragment, release: string): string {
  const blocks = fragment.text.split(/\n{2,}/);
  const kept = blocks.filter((block) => holdsFor(block, release));
  return `${kept.join("\n\n")}\n`;
}

/** The options of blocks that say `# optional`: a kernel may be without them. */
export function optionalOptions(fragment: Fragment, release: string): Set<string> {
  const blocks = optionsFor(fragment, release).split(/\n{2,}/);
  const optional = blocks.filter((block) => /^# optional$/m.test(block));
  return new Set(optional.flatMap((block) => [...parseOptions(block).keys()]));
}

/** A block of lines may say `# since 6.2` or `# until 6.7`, the first version without it. */
function holdsFor(block: string, release: string): boolean {
  const since = /^# since (\d+\.\d+)$/m.exec(block)?.[1];
  const until = /^# until (\d+\.\d+)$/m.exec(block)?.[1];
  return isBetween(release, { since, until });
}

async function pathOf(name: string): Promise<string> {
  if (isOurs(name)) return join(directory, `${name}.config`);
  if (existsSync(name)) return name;
  const known = (await listFragments()).map((fragment) => fragment.name).join(", ");
  throw new UsageError(`There is no kconfig ${name}; there are: ${known}; or the path of a file.`);
}

function isOurs(name: string): boolean {
  return /^[\w-]+$/.test(name) && existsSync(join(directory, `${name}.config`));
}

async function readFragment(path: string): Promise<Fragment> {
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`The kconfig ${path} can't be read: ${error.message}`);
  });
  const comment = /^(?:#(?! CONFIG_).*\n)+/.exec(text)?.[0] ?? "";
  const purpose = comment.replaceAll(/^# ?/gm, "").replaceAll(/\s+/g, " ").trim();
  return { name: basename(path, ".config"), purpose, text };
}
