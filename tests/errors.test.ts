import t from "tap";
import {
  exitCodeOf,
  HarnessError,
  InterruptedError,
  UntestableKernelError,
  UsageError,
} from "../harness/errors.ts";

t.test("each kind of error has the exit code that git bisect run expects", async (t) => {
  t.equal(exitCodeOf(new UntestableKernelError("x")), 125);
  t.equal(exitCodeOf(new HarnessError("x")), 128);
  t.equal(exitCodeOf(new UsageError("x")), 129);
  t.equal(exitCodeOf(new InterruptedError("SIGINT")), 130);
  t.equal(exitCodeOf(new InterruptedError("SIGTERM")), 143);
});

t.test("what is no error of ours is the harness's fault", async (t) => {
  t.equal(exitCodeOf(new TypeError("a bug")), 128);
  t.equal(exitCodeOf("a string"), 128);
});
