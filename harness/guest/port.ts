// The host's end of a channel: a socket that QEMU connects to.
import { once } from "node:events";
import { createServer, type Server, type Socket } from "node:net";

export interface Port {
  /** Path of the socket, for QEMU's command line. */
  readonly path: string;
  /** Bytes for the guest; dropped when nobody is connected. */
  write(text: string): void;
  /** Resolves once QEMU has gone and everything that it has sent was handed on. */
  readonly ended: Promise<void>;
  close(): void;
}

/** Listens at a path for the one connection that QEMU makes, and hands on what comes. */
export async function listenAt(path: string, onData: (chunk: Buffer) => void): Promise<Port> {
  let connection: Socket | undefined;
  let end: () => void = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const server: Server = createServer((socket) => {
    connection = socket;
    socket.on("data", onData);
    // QEMU going away is noticed as the end of its process.
    socket.on("error", () => socket.destroy());
    socket.on("close", end);
    server.close();
  });
  server.listen(path);
  await once(server, "listening");
  return {
    path,
    ended,
    write: (text) => void connection?.write(text),
    close() {
      connection?.destroy();
      server.close();
    },
  };
}
