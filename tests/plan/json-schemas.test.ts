import { readFileSync } from "node:fs";
import t from "tap";
import { jsonSchemas } from "../../harness/plan/json-schemas.ts";

t.test(
  "the published schemas are those that we check by (npm run schemas writes them)",
  async (t) => {
    for (const [name, text] of Object.entries(jsonSchemas)) {
      const published = readFileSync(
        new URL(`../../docs/schemas/${name}`, import.meta.url),
        "utf8",
      );
      t.same(JSON.parse(published), JSON.parse(text), name);
    }
  },
);

t.test("they describe what can be said, with words", async (t) => {
  const { properties } = JSON.parse(jsonSchemas["matrix.json"] ?? "");
  t.match(properties, {
    kernels: { type: "array", description: /columns/ },
    exclude: {},
    repeat: {},
  });
  const profile = JSON.parse(jsonSchemas["profile.json"] ?? "");
  t.equal(profile.additionalProperties, false);
  t.match(profile.properties.kernel.description, /debian:6\.1/);
});
