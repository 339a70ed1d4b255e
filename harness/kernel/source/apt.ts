// Debian's archive, in every suite, through an apt state of ours: the system's own stays as it is.

import { existsSync } from "node:fs";
import { mkdir, readdir, rm, stat, utimes, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { z } from "zod";
import { HarnessError } from "../../errors.ts";
import { hashOf } from "../../process/content-hash.ts";
import { cacheDirectory } from "../../process/directories.ts";
import type { Progress } from "../../process/progress.ts";
import { publishFile } from "../../process/publish.ts";
import { readStored } from "../../process/stored-json.ts";
import { mustRun, runTool } from "../../process/tool.ts";

/** Suites that may hold kernels; a mirror need not have all of them. */
const SUITES = ["bullseye", "bookworm", "trixie", "forky", "sid", "experimental"];
const UPDATED = ["bullseye", "bookworm", "trixie", "forky"];
const KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg";
/** Lists older than this, in milliseconds, are fetched again. */
const FRESH_MS = 24 * 3600 * 1000;

const packageSchema = z.object({ name: z.string(), version: z.string() });

export type DebianPackage = Readonly<z.infer<typeof packageSchema>>;

/**
 * The packages whose names match, each in its newest version over all suites of the system's
 * mirror; the newest package first.
 */
export async function newestPackages(
  pattern: RegExp,
  progress: Progress,
): Promise<DebianPackage[]> {
  await refreshLists(progress);
  // apt takes seconds to search all suites: what it said holds until the lists are fetched again.
  const answer = cacheDirectory("apt", "answers", `${hashOf(pattern.source)}.json`);
  const remembered = await readStored(answer, z.array(packageSchema));
  if (remembered) return remembered;
  const found = await searchPackages(pattern);
  await mkdir(dirname(answer), { recursive: true });
  await publishFile(answer, JSON.stringify(found));
  return found;
}

async function searchPackages(pattern: RegExp): Promise<DebianPackage[]> {
  const { stdout } = await aptCache(["pkgnames"]);
  const names = stdout.split("\n").filter((name) => pattern.test(name));
  if (names.length === 0) return [];
  const offers = await sortNewestFirst(await offersOf(names));
  const newest = new Map<string, DebianPackage>();
  for (const offer of offers) if (!newest.has(offer.name)) newest.set(offer.name, offer);
  return [...newest.values()];
}

/** Fetches a package, its signature chain checked by apt, and unpacks it into a directory. */
export async function unpackPackage(
  { name, version }: DebianPackage,
  directory: string,
): Promise<void> {
  const debs = join(directory, ".debs");
  await mkdir(debs, { recursive: true });
  await mustRun("apt-get", [...aptOptions(), "--quiet", "download", `${name}=${version}`], {
    cwd: debs,
    diesWithUs: true,
  });
  for (const deb of await readdir(debs)) {
    const args = ["--extract", join(debs, deb), directory];
    await mustRun("dpkg-deb", args, { diesWithUs: true });
  }
}

/** Every version of every suite, from lines of `NAME | VERSION | SOURCE`. */
async function offersOf(names: readonly string[]): Promise<DebianPackage[]> {
  const { stdout } = await aptCache(["madison", ...names]);
  return stdout.split("\n").flatMap((line) => {
    const [name, version] = line.split("|").map((part) => part.trim());
    return name && version ? [{ name, version }] : [];
  });
}

/** By dpkg's own order of versions; insertion sort, because the comparison is a process. */
async function sortNewestFirst<T extends { version: string }>(items: readonly T[]): Promise<T[]> {
  const sorted: T[] = [];
  for (const item of items) {
    let at = 0;
    while (at < sorted.length && !(await isNewer(item, sorted[at] as T))) at++;
    sorted.splice(at, 0, item);
  }
  return sorted;
}

async function isNewer(a: { version: string }, b: { version: string }): Promise<boolean> {
  return !(await runTool("dpkg", ["--compare-versions", a.version, "gt", b.version])).failed;
}

async function refreshLists(progress: Progress): Promise<void> {
  const stamp = cacheDirectory("apt", "refreshed");
  const age = Date.now() - ((await stat(stamp).catch(() => undefined))?.mtimeMs ?? 0);
  if (age >= 0 && age < FRESH_MS) return;
  progress.status("reading the Debian mirror's package lists");
  await mkdir(cacheDirectory("apt", "lists", "partial"), { recursive: true });
  await mkdir(cacheDirectory("apt", "cache", "archives", "partial"), { recursive: true });
  await writeFile(sourcesFile(), await sources());
  // A suite that this mirror does not have fails the update; what it has is fetched all the same.
  const update = [...aptOptions(), "--quiet", "update"];
  const result = await runTool("apt-get", update, { diesWithUs: true });
  const { stdout } = await aptCache(["pkgnames", "linux-source"]);
  if (stdout === "") {
    throw new HarnessError(`The Debian mirror's package lists can't be read:\n${result.all}`);
  }
  await rm(cacheDirectory("apt", "answers"), { recursive: true, force: true });
  await writeFile(stamp, "");
  await utimes(stamp, new Date(), new Date());
}

/** One deb822 stanza for the archive and one for security updates, as the system's own apt names them. */
async function sources(): Promise<string> {
  const format = "$(REPO_URI) $(RELEASE) $(LABEL)";
  const filter = ["Created-By: Packages", "Component: main"];
  const { stdout } = await mustRun("apt-get", ["indextargets", "--format", format, ...filter]);
  const targets = stdout.split("\n").map((line) => line.split(" "));
  const ofDebian = targets.filter(
    ([, suite = ""]) => UPDATED.includes(suite.split("-")[0] ?? "") || SUITES.includes(suite),
  );
  const archive = ofDebian.find(([, suite = ""]) => !suite.endsWith("-security"))?.[0];
  const security = ofDebian.find(([, suite = ""]) => suite.endsWith("-security"))?.[0];
  if (!archive) {
    throw new HarnessError(
      "apt's configuration names no Debian mirror. Give a kernel tree, a tarball or an image instead.",
    );
  }
  const kept = UPDATED.flatMap((suite) => [`${suite}-updates`, `${suite}-backports`]);
  const stanzas = [stanza(archive, [...SUITES, ...kept])];
  if (security)
    stanzas.push(
      stanza(
        security,
        UPDATED.map((suite) => `${suite}-security`),
      ),
    );
  return stanzas.join("\n");
}

function stanza(uri: string, suites: readonly string[]): string {
  const signed = existsSync(KEYRING) ? `Signed-By: ${KEYRING}\n` : "";
  return `Types: deb\nURIs: ${uri}\nSuites: ${suites.join(" ")}\nComponents: main\n${signed}`;
}

function aptCache(args: readonly string[]) {
  return mustRun("apt-cache", [...aptOptions(), ...args], { diesWithUs: true });
}

function sourcesFile(): string {
  return cacheDirectory("apt", "debian.sources");
}

function aptOptions(): string[] {
  const settings = {
    "Dir::Etc::sourcelist": sourcesFile(),
    "Dir::Etc::SourceParts": "/dev/null",
    "Dir::State::Lists": cacheDirectory("apt", "lists"),
    "Dir::Cache": cacheDirectory("apt", "cache"),
    // Root's apt reads as another user, who may not see into our cache.
    "APT::Sandbox::User": "root",
    "Acquire::Languages": "none",
  };
  return Object.entries(settings).flatMap(([key, value]) => ["-o", `${key}=${value}`]);
}
