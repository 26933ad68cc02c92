import { isIPv4 } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Origin } from '@aws-sdk/client-cloudfront';
import type { Clock } from '../../../clock/clock.ts';
import type { Connection } from '../../../internet/internet.ts';
import type { Exchange } from '../edge/exchange.ts';
import { OriginFailure } from './failure.ts';
import { isRoutable } from './routable.ts';
import { secureOrigin } from './tls.ts';

export interface Destination {
  scheme: 'http' | 'https';
  port: number;
  /** The name in the handshake: the Host that will be asked for. */
  serverName: string;
  /** The certificate must be for one of them. */
  names: readonly string[];
}

/** Connects to the origin, as often as its settings say. Throws OriginFailure. */
export async function connectToOrigin(exchange: Exchange, origin: Origin, to: Destination): Promise<Duplex> {
  const connection = await connectTcp(exchange, origin, to.port);
  if (to.scheme === 'http') return connection;
  const { authorities } = exchange.cloudFront.around;
  const { clock } = exchange.cloudFront.host;
  return within(clock, timeoutMs(origin), (signal) => {
    signal.addEventListener('abort', () => connection.destroy(), { once: true });
    return secureOrigin(connection, { ...to, origin, authorities, now: clock.now() });
  });
}

async function connectTcp(exchange: Exchange, origin: Origin, port: number): Promise<Connection> {
  const { cloudFront, edge } = exchange;
  const { internet } = cloudFront.around;
  const addresses = await addressesOf(exchange, origin);
  if (addresses.length === 0) throw new OriginFailure(502, 'unknownName');
  let failure = new OriginFailure(502, 'connection');
  for (let attempt = 0; attempt < (origin.ConnectionAttempts ?? 3); attempt++) {
    const address = addresses[attempt % addresses.length] ?? '';
    const from = isIPv4(address) ? edge.originFacing.ipv4 : edge.originFacing.ipv6;
    try {
      return await within(cloudFront.host.clock, timeoutMs(origin), (signal) => {
        const reach = internet.reach(from, { address, port });
        // No packet returns: a private address, an unassigned one, a firewall.
        if (!isRoutable(address) || reach === 'unreachable') return silence(signal);
        return internet.connect(from, { address, port }, { signal });
      });
    } catch (error) {
      failure = error instanceof OriginFailure ? error : new OriginFailure(502, 'connection');
    }
  }
  throw failure;
}

/** The origin's addresses in the public DNS, of the families that its settings say. */
async function addressesOf(
  { cloudFront }: Exchange,
  { DomainName = '', CustomOriginConfig }: Origin,
): Promise<string[]> {
  const family = CustomOriginConfig?.IpAddressType ?? 'ipv4';
  const types = family === 'dualstack' ? ['AAAA', 'A'] : [family === 'ipv6' ? 'AAAA' : 'A'];
  const found = await Promise.all(types.map((type) => cloudFront.around.resolve(DomainName, type)));
  return found.flatMap(({ answers }) =>
    answers.filter(({ type }) => types.includes(type)).map(({ data }) => String(data)),
  );
}

/** Throws a 504 once the time is over, by AWS time. */
async function within<T>(clock: Clock, ms: number, act: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const limit = new AbortController();
  const timer = clock.after(ms, () => limit.abort());
  try {
    return await act(limit.signal);
  } catch (error) {
    throw limit.signal.aborted ? new OriginFailure(504, 'connection') : error;
  } finally {
    timer.cancel();
  }
}

const silence = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }));

const timeoutMs = ({ ConnectionTimeout = 10 }: Origin): number => ConnectionTimeout * 1000;
