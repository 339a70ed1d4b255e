// Whether colours are welcome on a stream: no-color.org, force-color.org, and else only a terminal.
import pc from "picocolors";
import type { Colors } from "../report/colors.ts";

export function colorsFor(stream: NodeJS.WriteStream): Colors {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  if (NO_COLOR) return pc.createColors(false);
  if (FORCE_COLOR) return pc.createColors(FORCE_COLOR !== "0" && FORCE_COLOR !== "false");
  return pc.createColors(stream.isTTY === true && TERM !== "dumb");
}
