import t from "tap";
import { compareReleases, isBetween, releaseOfTree } from "../../harness/kernel/release.ts";

t.test("versions are compared as numbers", async (t) => {
  t.equal(compareReleases("6.1.192", "6.12"), -1);
  t.equal(compareReleases("6.12.0-rc3", "6.12"), 0);
  t.equal(compareReleases("7.2.13+deb14-amd64", "7.2.9"), 1);
  t.equal(compareReleases("5.19", "5.19.0"), 0);
});

t.test("a range goes until a version, and that one is not in it", async (t) => {
  const range = { since: "6.2", until: "6.7" };
  t.same(
    ["6.1.192", "6.2.0-rc1", "6.6.30", "6.7"].map((release) => isBetween(release, range)),
    [false, true, true, false],
  );
  t.ok(isBetween("7.2", { since: "6.2" }));
  t.ok(isBetween("5.19", { until: "6.2" }));
  t.ok(isBetween("5.19", {}));
});

t.test("a tree says what it is", async (t) => {
  const Makefile = "VERSION = 6\nPATCHLEVEL = 13\nSUBLEVEL = 0\nEXTRAVERSION = -rc2\nNAME = Baby\n";
  t.equal(await releaseOfTree(t.testdir({ Makefile })), "6.13.0-rc2");
});
