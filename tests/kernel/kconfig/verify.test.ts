import t, { type Test } from "tap";
import { verifyOptions } from "../../../harness/kernel/kconfig/verify.ts";

const Kconfig = `mainmenu "test"
config A
	bool "A"
	depends on B && (C || D)
	help
	  depends on nothing: this is only a text

menu "inner"
	depends on !OFF

config INNER
	bool "inner"

endmenu

if B
config E
	bool "E"
endif

source "sub/Kconfig"
`;
const tree = { Kconfig, sub: { Kconfig: "config DEEP\n\tbool\n\tdepends on A\n" } };

async function complaint(t: Test, asked: string, resolved: string): Promise<string> {
  const fragments = [{ name: "mine", purpose: "", text: asked }];
  try {
    await verifyOptions(fragments, resolved, { src: t.testdir(tree), release: "6.1.5" });
  } catch (error) {
    t.match(error, { exitCode: 125 });
    return (error as Error).message;
  }
  return "";
}

t.test("what has stuck is fine", async (t) => {
  t.equal(await complaint(t, "CONFIG_A=y\n", "CONFIG_A=y\nCONFIG_B=y\n"), "");
  t.equal(await complaint(t, "# CONFIG_A is not set\n", "CONFIG_B=y\n"), "");
});

t.test("what has not names the missing dependency", async (t) => {
  t.match(
    await complaint(t, "CONFIG_A=y\n", "CONFIG_C=y\n# CONFIG_A is not set\n"),
    /6\.1\.5 .*\n {2}CONFIG_A=y \(kconfig mine\) became n: it needs B$/,
  );
  t.match(await complaint(t, "CONFIG_E=y\n", ""), /CONFIG_E=y .*it needs B/);
  t.match(await complaint(t, "CONFIG_INNER=y\n", "CONFIG_OFF=y\n"), /it needs !OFF/);
  t.match(await complaint(t, "CONFIG_DEEP=y\n", ""), /it needs A/);
});

t.test("an option that a version does not have is named as that", async (t) => {
  t.match(await complaint(t, "CONFIG_GONE=y\n", ""), /6\.1\.5 has no such option/);
});

t.test("the last fragment that names an option decides", async (t) => {
  const fragments = [
    { name: "one", purpose: "", text: "CONFIG_A=y\n" },
    { name: "two", purpose: "", text: "# CONFIG_A is not set\n" },
  ];
  await t.resolves(verifyOptions(fragments, "", { src: t.testdir(tree), release: "6.1" }));
});
