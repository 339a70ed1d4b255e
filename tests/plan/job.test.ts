import t from "tap";
import { jobFrom } from "../../harness/plan/job.ts";
import { limitsOf } from "../../harness/plan/limits.ts";
import { requestOf } from "../../harness/plan/request.ts";

t.test("later profiles win, absent keys change nothing", async (t) => {
  const job = jobFrom({ kernel: "debian:6.12", cpus: 4 }, { kernel: "debian:7.2" });
  t.match(job, { kernel: "debian:7.2", cpus: 4, boot: "auto", repeat: 1 });
});

t.test("limits of several profiles come together", async (t) => {
  const job = jobFrom({ timeouts: { boot: 5 } }, { timeouts: { case: 7 } });
  t.same(job.timeouts, { boot: 5, case: 7 });
  t.match(limitsOf(job, "tcg"), { boot: 5000, case: 7000 });
});

t.test("emulation gets more time than a processor", async (t) => {
  const job = jobFrom({});
  t.ok(limitsOf(job, "tcg").case > limitsOf(job, "kvm").case);
  t.ok(limitsOf(job, "tcg").boot > limitsOf(job, "kvm").boot);
});

t.test("a request names what differs from the defaults", async (t) => {
  t.same(requestOf(jobFrom({})), ["-k", "debian:6.1"]);
  const job = jobFrom({
    kernel: "/src/linux",
    series: ["a.mbox"],
    kconfig: ["kasan"],
    cases: ["shmem/**"],
    boot: "qemu",
    guests: 2,
    repeat: 3,
    timeouts: { case: 9 },
  });
  t.same(requestOf(job), [
    ...["-k", "/src/linux", "--series", "a.mbox", "--kconfig", "kasan", "--case", "shmem/**"],
    ...["--boot", "qemu", "--timeout", "9", "-j", "2", "--repeat", "3"],
  ]);
});
