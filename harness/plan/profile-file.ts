// Profiles: YAML files that say what flags would say.
import { readYaml } from "../process/yaml-file.ts";
import { type Profile, profileSchema } from "./profile.ts";

/** @throws {UsageError} with file, line and column of a mistake */
export async function readProfile(path: string): Promise<Profile> {
  return readYaml(path, profileSchema);
}
