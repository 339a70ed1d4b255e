// What an id says of where a case stands.
import t from "tap";
import { casePlace } from "../../harness/image/case-place.ts";

t.test("forms of huge pages have their place", async (t) => {
  for (const form of ["huge", "huge-zero", "huge-migration", "huge-device"]) {
    t.match(casePlace(`anon/${form}/fork-then-read`), { mapping: "anon", form, operation: "fork" });
  }
});

t.test("an id of somebody else's has none", async (t) => {
  t.equal(casePlace("kselftest/mm/uffd-unit-tests"), undefined);
  t.equal(casePlace("anon/present"), undefined);
});
