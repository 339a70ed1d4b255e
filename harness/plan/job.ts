// A job: everything about one run that is decided before work starts.
import { join } from "node:path";
import { projectDirectory } from "../process/directories.ts";
import type { Profile } from "./profile.ts";

type Decided<T> = { readonly [K in keyof T]-?: Exclude<T[K], undefined> };

/** A profile with nothing left open but what depends on the machine, the cases or the acceleration. */
export type Job = Decided<
  Omit<Profile, "modules" | "cpus" | "guests" | "baseline" | "shard" | "timeouts">
> &
  Pick<Profile, "modules" | "cpus" | "guests" | "baseline" | "shard"> & {
    readonly timeouts: NonNullable<Profile["timeouts"]>;
  };

export const DEFAULTS: Job = {
  kernel: "debian:6.1",
  series: [],
  kconfig: [],
  cases: [],
  suites: [],
  ownCases: [],
  allow: [],
  boot: "auto",
  accel: "auto",
  memory: 768,
  repeat: 1,
  confirm: 2,
  timeouts: {},
  formats: ["terminal"],
  results: join(projectDirectory, "results"),
  cache: true,
};

/** Lays profiles over the defaults, the later over the earlier; an absent key changes nothing. */
export function jobFrom(...profiles: readonly Profile[]): Job {
  const timeouts = Object.assign({}, ...profiles.map((profile) => profile.timeouts ?? {}));
  return Object.assign({}, DEFAULTS, ...profiles.map(withoutUndefined), { timeouts });
}

function withoutUndefined(profile: Profile): Profile {
  return Object.fromEntries(Object.entries(profile).filter(([, value]) => value !== undefined));
}
