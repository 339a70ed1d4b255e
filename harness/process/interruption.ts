// One signal for the whole process: SIGINT and SIGTERM end what is running, in order.
import { setMaxListeners } from "node:events";
import { InterruptedError } from "../errors.ts";

const controller = new AbortController();
// As many programs as run side by side listen to it.
setMaxListeners(0, controller.signal);

/** Aborted with an InterruptedError as its reason once the harness has been told to stop. */
export const interruption = {
  signal: controller.signal,

  /** Starts to listen; called once, by the command line. */
  listen(): void {
    for (const name of ["SIGINT", "SIGTERM"] as const) {
      // Not once: with nobody listening any more the first signal would kill us (signal-exit, which
      // execa brings, sees to that), and npx sends a second one after the terminal's own.
      process.on(name, () => controller.abort(new InterruptedError(name)));
    }
  },
};
