// The schemas of our YAML files, for editors: generated, so that they can't say anything else.
import { z } from "zod";
import { matrixSchema } from "./matrix-schema.ts";
import { profileSchema } from "./profile.ts";

/** By the name of its file in docs/schemas/. */
export const jsonSchemas: Readonly<Record<string, string>> = {
  "matrix.json": text(matrixSchema, "A matrix of uffdwp: kernels × kconfigs × suites"),
  "profile.json": text(profileSchema, "A profile of uffdwp run"),
};

function text(schema: z.ZodType, title: string): string {
  const { $schema, ...rest } = z.toJSONSchema(schema, { io: "input" });
  return `${JSON.stringify({ $schema, title, ...rest }, null, 2)}\n`;
}
