import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { pipeline } from 'node:stream';
import type { Connection, Endpoint, Internet } from './internet.ts';

/** A door on the loopback that leads to one place of the small internet. */
export interface Entrance {
  port: number;
  /** Stops listening and cuts what is connected. */
  close(): Promise<void>;
}

/**
 * Opens a loopback port whose every connection goes on to `to` in the small internet, coming from `from`: for whoever
 * has to leave this thread to connect. A refused or unreachable place resets the connection; a filtered one stays silent.
 * Ask `internet.reach` beforehand for what a real socket would have said.
 */
export async function entrance(internet: Internet, from: string, to: Endpoint): Promise<Entrance> {
  const sockets = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true, pauseOnConnect: true }, (socket) => {
    sockets.add(socket);
    const gone = new AbortController();
    socket.on('error', () => socket.destroy());
    socket.once('close', () => {
      sockets.delete(socket);
      gone.abort();
    });
    internet.connect(from, to, { signal: gone.signal }).then(
      (connection) => join(socket, connection),
      () => socket.resetAndDestroy(),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

/** Joins a real socket to a connection: bytes, half-close and reset go both ways. */
export function join(socket: Socket, connection: Connection): void {
  // Before `pipeline`, which would close the other side as if all were well.
  socket.once('error', () => connection.resetAndDestroy());
  connection.once('error', () => socket.resetAndDestroy());
  pipeline(socket, connection, () => {});
  pipeline(connection, socket, () => {});
  // A socket that is closed without an error has nobody left who would read.
  socket.once('close', () => connection.destroy());
}
