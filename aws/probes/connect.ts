import { connect, type Socket } from 'node:net';
import { isInSmallInternet } from '../environment.ts';
import { isPublicAddress } from './public-address.ts';

/** Opens a TCP connection to the literal of an address. The socket may still be connecting. */
export type Connect = (address: string, port: number) => Socket;

/**
 * Connects to a public address, and to nothing else: what DNS says may lead anywhere. Web servers and name servers alike
 * are asked through it.
 *
 * @throws {Error} for an address that isn't public, before any packet
 */
export const connectPublic: Connect = guarded();

/** The same over another way to connect. `documentation` lets the addresses of the local AWS in. */
export function guarded(
  through: Connect = (host, port) => connect({ host, port }),
  documentation = isInSmallInternet(),
): Connect {
  return (address, port) => {
    if (isPublicAddress(address, { documentation })) return through(address, port);
    throw Object.assign(new Error(`Cannot connect to "${address}": it is not a public address`), {
      code: 'ERR_NOT_PUBLIC',
    });
  };
}
