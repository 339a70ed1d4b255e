// Which names a browser may call us by: a page elsewhere must not reach us through a name of its own
// that leads to our address (DNS rebinding).
import { isIP } from "node:net";
import { hostname } from "node:os";

/** Whether a Host header names us: an address, localhost, this machine. */
export function isOurHost(header: string | undefined): boolean {
  const name = /^(\[[^\]]*\]|[^:]*)(?::\d+)?$/.exec(header ?? "")?.[1]?.toLowerCase() ?? "";
  const bare = name.replace(/^\[(.*)\]$/, "$1");
  return isIP(bare) !== 0 || name === "localhost" || name === hostname().toLowerCase();
}

/** Whether an address can only be reached from this machine. */
export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || /^127\.\d+\.\d+\.\d+$/.test(host);
}
