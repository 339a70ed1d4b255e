import t from "tap";
import { UsageError } from "../../../harness/errors.ts";
import {
  idPart,
  namesKselftest,
  parseKselftestSpec,
} from "../../../harness/image/kselftest/spec.ts";
import { exactly } from "../../exactly.ts";

t.test("a program, its arguments and its tree", async (t) => {
  t.match(parseKselftestSpec("kselftest:mm/uffd-unit-tests"), {
    id: "kselftest/mm/uffd-unit-tests",
    collection: "mm",
    program: "uffd-unit-tests",
    args: exactly([]),
    tree: undefined,
  });
  t.match(parseKselftestSpec("kselftest:mm/uffd-stress anon 20 16@/src/linux@v6.12"), {
    suite: "kselftest:mm/uffd-stress anon 20 16",
    args: ["anon", "20", "16"],
    id: "kselftest/mm/uffd-stress/anon-20-16",
    tree: "/src/linux@v6.12",
  });
  t.match(parseKselftestSpec("kselftest:filesystems/epoll/epoll_wakeup_test"), {
    collection: "filesystems/epoll",
    id: "kselftest/filesystems/epoll/epoll-wakeup-test",
  });
});

t.test("nothing leads out of the selftests", async (t) => {
  for (const text of [
    "kselftest:",
    "kselftest:uffd-unit-tests",
    "kselftest:../x",
    "kselftest:mm/..",
    "mm/x",
    "kselftest:mm/../../x",
    "kselftest:/etc/passwd",
    "kselftest:mm/a;b",
    "kselftest:mm/a\nb",
  ]) {
    t.throws(() => parseKselftestSpec(text), UsageError, text);
  }
});

t.test("parts of ids hold still", async (t) => {
  t.equal(idPart("wp-fork on shmem-private"), "wp-fork-on-shmem-private");
  t.equal(idPart("UFFDIO_API (with /dev/userfaultfd)"), "uffdio-api-with-dev-userfaultfd");
  t.equal(idPart("hmm.hmm_device_private.open_close"), "hmm.hmm-device-private.open-close");
  t.equal(idPart("mapped at 0x7f3a12345000"), idPart("mapped at 0x7ffe98765000"));
  t.equal(idPart("<b>…</b>"), "b-b");
  t.equal(idPart("///"), "unnamed");
  t.equal(idPart("../../etc"), "etc");
});

t.test("a recorded suite is found among the flags, whichever tree it came from", async (t) => {
  const suite = "kselftest:mm/uffd-stress anon 20 16";
  t.ok(namesKselftest(`${suite}@debian:6.12`, suite));
  t.notOk(namesKselftest("kselftest:mm/uffd-stress", suite));
  t.notOk(namesKselftest("survive", suite));
});
