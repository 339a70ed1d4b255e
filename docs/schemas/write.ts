// npm run schemas: writes the JSON schemas anew; a test tells when they are out of date.
import { writeFileSync } from "node:fs";
import { jsonSchemas } from "../../harness/plan/json-schemas.ts";

for (const [name, text] of Object.entries(jsonSchemas)) {
  writeFileSync(new URL(name, import.meta.url), text);
}
