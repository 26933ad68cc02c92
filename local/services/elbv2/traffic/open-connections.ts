import type { Connection } from '../../../internet/internet.ts';
import type { Listener } from '../listeners/listener.ts';

const open = new WeakMap<Listener, Set<Connection>>();

/** Remembers a client's connection as long as it is open. */
export function remember(listener: Listener, connection: Connection): void {
  const connections = open.get(listener) ?? new Set();
  open.set(listener, connections);
  connections.add(connection);
  connection.once('close', () => connections.delete(connection));
}

/** Puts everybody out who came in by the listener. */
export function closeConnections(listener: Listener): void {
  for (const connection of open.get(listener) ?? []) connection.destroy();
}
