import { connect, type Socket } from 'node:net';
import { isPublicAddress } from './public-address.ts';

/** Opens a TCP connection to the literal of an address. The socket may still be connecting. */
export type Connect = (address: string, port: number) => Socket;

/**
 * Connects to a public address, and to nothing else: what DNS says may lead anywhere.
 *
 * @throws {Error} for an address that isn't public, before any packet
 */
export const connectPublic: Connect = (address, port) => {
  if (!isPublicAddress(address)) {
    throw Object.assign(new Error(`Cannot connect to "${address}": it is not a public address`), {
      code: 'ERR_NOT_PUBLIC',
    });
  }
  return connect({ host: address, port });
};
