import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

export type CuttingProxy = {
  url: string;
  /** Cuts the connections that answers stream over, and any that another is asked for on, until `mend`. */
  cut(): void;
  mend(): void;
  close(): void;
};

/** Stands before the dashboard like a network that loses connections, but only those of answers. */
export async function startCuttingProxy(target: string): Promise<CuttingProxy> {
  const { hostname, port } = new URL(target);
  const sockets = new Map<Socket, { streams: boolean }>();
  let isCut = false;
  const server = createServer((socket) => {
    const state = { streams: false };
    sockets.set(socket, state);
    const upstream = connect(Number(port), hostname);
    socket.on("data", (bytes) => {
      const [, path] = /^[A-Z]+ (\S+) HTTP\/1\.1\r\n/.exec(bytes.toString("latin1")) ?? [];
      if (path) state.streams = path.endsWith("/stream");
      if (isCut && state.streams) socket.destroy();
      else upstream.write(bytes);
    });
    upstream.on("data", (bytes) => socket.write(bytes));
    for (const [one, other] of [
      [socket, upstream],
      [upstream, socket],
    ] as const) {
      one.on("error", () => other.destroy());
      one.on("close", () => other.destroy());
    }
    socket.on("close", () => sockets.delete(socket));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut() {
      isCut = true;
      for (const [socket, { streams }] of sockets) if (streams) socket.destroy();
    },
    mend() {
      isCut = false;
    },
    close() {
      for (const socket of sockets.keys()) socket.destroy();
      server.close();
    },
  };
}
