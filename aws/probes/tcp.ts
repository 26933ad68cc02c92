import type { Socket } from 'node:net';
import type { Connect } from './connect.ts';
import { Unreachable } from './unreachable.ts';

export interface ProbeOptions {
  connect: Connect;
  /** For connecting, for the handshake, and for the page: each. */
  timeoutMs: number;
}

/**
 * Opens a TCP connection. The caller ends it.
 *
 * @throws {Unreachable} when it is refused, not answered, or the address isn't one to connect to
 */
export function openTcp(
  { address, port }: { address: string; port: number },
  { connect, timeoutMs }: ProbeOptions,
): Promise<Socket> {
  const endpoint = `${address} port ${port}`;
  return new Promise<Socket>((resolve, reject) => {
    const socket = connect(address, port);
    const late = setTimeout(() => {
      socket.destroy(new Unreachable('ETIMEDOUT', `Cannot reach ${endpoint}: no answer within ${timeoutMs} ms`));
    }, timeoutMs);
    // Stays: an error after the connection stands is handled by its user, and must not end the process.
    socket.on('error', (error) => {
      clearTimeout(late);
      reject(error);
    });
    socket.once('connect', () => {
      clearTimeout(late);
      resolve(socket);
    });
  }).catch((error: unknown) => {
    throw Unreachable.from(error, endpoint);
  });
}
