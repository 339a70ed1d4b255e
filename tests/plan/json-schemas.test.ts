import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import t from "tap";
import { parse } from "yaml";
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

t.test("an editor takes the example, and marks what is mistyped", async (t) => {
  const validate = new Ajv2020().compile(JSON.parse(jsonSchemas["matrix.json"] ?? ""));
  const path = new URL("../../examples/ci-matrix.yaml", import.meta.url);
  t.ok(validate(parse(readFileSync(path, "utf8"))), JSON.stringify(validate.errors));
  t.notOk(validate({ kernels: ["debian:6.1"], kconfig: {} }));
  t.notOk(validate({ kernels: [] }));
  t.notOk(validate({ kernels: [{ name: "no kernel" }] }));
});
