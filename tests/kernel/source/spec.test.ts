import { join } from "node:path";
import t from "tap";
import { UsageError } from "../../../harness/errors.ts";
import { parseKernelSpec } from "../../../harness/kernel/source/spec.ts";

const tree = () => ({ Makefile: "", Kconfig: "", kernel: {} });

t.test("every form of --kernel is told apart", async (t) => {
  const dir = t.testdir({ linux: tree(), "linux@home": tree(), "l.tar.xz": "", bzImage: "" });
  const at = (name: string) => join(dir, name);
  t.same(parseKernelSpec("debian:6.1"), { form: "debian", version: "6.1" });
  t.same(parseKernelSpec("debian-image:6.12"), { form: "debian-image", version: "6.12" });
  t.same(parseKernelSpec(`image:${at("bzImage")}`), { form: "image", file: at("bzImage") });
  t.same(parseKernelSpec(at("l.tar.xz")), { form: "tarball", file: at("l.tar.xz") });
  t.match(parseKernelSpec(at("linux")), { form: "tree", revision: undefined });
  t.match(parseKernelSpec(`${at("linux")}@v6.1`), { form: "tree", revision: "v6.1" });
  t.match(parseKernelSpec(at("linux@home")), { path: at("linux@home"), revision: undefined });
  t.match(parseKernelSpec(`${at("linux@home")}@HEAD~2`), { revision: "HEAD~2" });
});

t.test("what names nothing is a mistake that says why", async (t) => {
  const dir = t.testdir({ notes: { Makefile: "" } });
  const fails = (text: string, message: RegExp) =>
    t.throws(() => parseKernelSpec(text), { name: "UsageError", message }, text);
  fails("debian:", /after debian: comes a version/);
  fails("debian:bookworm", /after debian: comes a version/);
  fails("image:/nonexistent", /there is no such file/);
  fails("/nonexistent.tar.xz", /there is no such file/);
  fails("/nonexistent", /there is no such tree/);
  fails(join(dir, "notes"), /is no kernel tree: it has no Kconfig, no kernel/);
  fails(`${dir}@`, /is no revision/);
});

t.test("a revision can't be an option of git", async (t) => {
  const dir = t.testdir(tree());
  t.throws(() => parseKernelSpec(`${dir}@--output=x`), UsageError);
});
