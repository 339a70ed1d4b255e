// What a running kernel is able to do, as far as expectations depend on it.
import type { GuestIdentity } from "../guest/guest.ts";
import { featureNames } from "./features.ts";

export interface KernelFacts {
  /** As `uname -r` prints it. */
  readonly release: string;
  /** Options that are y or m, without CONFIG_; undefined where nobody knows the configuration. */
  readonly options: ReadonlySet<string> | undefined;
  /** Names of userfaultfd's features, without UFFD_FEATURE_. */
  readonly features: ReadonlySet<string>;
}

/**
 * @param config the text of the kernel's .config; the guest's own, where it tells it, counts more
 */
export function kernelFacts(identity: GuestIdentity, config: string | undefined): KernelFacts {
  const text = identity.config || config;
  return {
    release: identity.release,
    options: text === undefined ? undefined : optionsOf(text),
    features: featureNames(identity.features),
  };
}

function optionsOf(config: string): Set<string> {
  return new Set([...config.matchAll(/^CONFIG_(\w+)=[ym]$/gm)].map((match) => match[1] as string));
}
