// The local site over results/: who may ask, for what, and where the answer is made.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { HarnessError } from "../errors.ts";
import { streamChanges } from "./events.ts";
import { isOurHost } from "./hosts.ts";
import { type Answer, notFound, plain, send } from "./response.ts";
import { route } from "./routes.ts";

export interface Site {
  readonly server: Server;
  /** `http://127.0.0.1:8080/` */
  readonly address: string;
}

/**
 * Serves a results directory.
 *
 * @param port 0 for any that is free
 * @throws {HarnessError} when the address can't be listened on
 */
export async function serveResults(results: string, host: string, port: number): Promise<Site> {
  const server = createServer((request, response) => {
    void answer(results, request, response).catch((error: Error) => {
      if (!response.headersSent) send(response, plain(500, `${error.message}\n`));
    });
  });
  await new Promise<void>((listening, failed) => {
    server.once("error", failed).listen(port, host, listening);
  }).catch((error: NodeJS.ErrnoException) => {
    const why = error.code === "EADDRINUSE" ? "somebody listens there already" : error.message;
    throw new HarnessError(`No site on ${host}, port ${port}: ${why}. Choose another: --port.`);
  });
  const bound = server.address();
  const actual = typeof bound === "object" && bound ? bound.port : port;
  return { server, address: `http://${host.includes(":") ? `[${host}]` : host}:${actual}/` };
}

async function answer(
  results: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const refusal = refuse(request);
  if (refusal) return send(response, refusal);
  const url = new URL(request.url ?? "/", "http://localhost");
  const parts = pathParts(url);
  if (!parts) return send(response, notFound);
  if (asksForEvents(parts)) return streamChanges(results, parts.slice(0, -1), response);
  send(response, await route(results, parts, url.searchParams));
}

/** `/events` and `/runs/NAME/events`; a case may be called so as well. */
function asksForEvents(parts: readonly string[]): boolean {
  return parts.at(-1) === "events" && (parts.length === 1 || parts[0] === "runs");
}

function refuse({ headers, method }: IncomingMessage): Answer | undefined {
  if (!isOurHost(headers.host)) return plain(421, "This is not the site of that name.\n");
  if (method !== "GET" && method !== "HEAD") return plain(405, "There is nothing to be changed.\n");
  return undefined;
}

/** The path, decoded part by part; undefined where one could mean anything but a name. */
function pathParts({ pathname }: URL): string[] | undefined {
  try {
    const parts = pathname.split("/").filter(Boolean).map(decodeURIComponent);
    const odd = parts.some((part) => part === ".." || part === "." || part.includes("\0"));
    return odd ? undefined : parts;
  } catch {
    return undefined;
  }
}
