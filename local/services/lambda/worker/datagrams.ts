import { Socket } from 'node:dgram';
import dns from 'node:dns';
import { syncBuiltinESMExports } from 'node:module';
import { isIP } from 'node:net';
import { isLoopback } from './sockets.ts';

// biome-ignore lint/suspicious/noExplicitAny: these stand in for functions of many signatures
type Anything = any;

/**
 * Refuses what would leave for the real network without passing the small internet: datagrams to any other host, and
 * the DNS client inside Node, which sends its own. The small internet carries TCP only, and so does DNS over it.
 */
export function installDatagrams(): void {
  const { send, connect } = Socket.prototype as Anything;
  (Socket.prototype as Anything).send = function (this: Socket, ...given: unknown[]) {
    refuseElsewhere(given.find((value) => typeof value === 'string' && isIP(value) !== 0) as string | undefined);
    return send.apply(this, given);
  };
  (Socket.prototype as Anything).connect = function (this: Socket, ...given: unknown[]) {
    refuseElsewhere(typeof given[1] === 'string' ? given[1] : undefined);
    return connect.apply(this, given);
  };
  for (const module of [dns, dns.promises, dns.Resolver.prototype, dns.promises.Resolver.prototype] as Anything[]) {
    for (const name of Object.getOwnPropertyNames(module).filter((key) => /^(resolve|reverse)/.test(key))) {
      module[name] = () => {
        throw new Error(`Cannot use dns.${name}(): the small internet carries no datagrams; ask its servers over TCP`);
      };
    }
  }
  syncBuiltinESMExports();
}

function refuseElsewhere(address: string | undefined): void {
  if (address === undefined || isLoopback(address)) return;
  throw Object.assign(new Error(`Cannot send a datagram to ${address}: the small internet carries TCP only`), {
    code: 'ENETUNREACH',
    syscall: 'send',
    address,
  });
}
