import { listed } from '../../listed.ts';
import { failsWithoutIpv6, IPV6_NOT_JUDGED } from '../../probes/no-ipv6.ts';
import { answered, type Declared, type EndpointSeen, type NoAnswer, type Seen } from '../seen.ts';

/** Why an address that gave no answer says nothing: it is this machine that has no way to it. */
export function notJudged({ address, secure, plain }: EndpointSeen, seen: Seen): string | undefined {
  const { declared } = seen;
  const shut = declared && closedToUs({ address, secure, plain }, declared);
  if (shut !== undefined) return shut;
  if (endsOf({ address, secure, plain }).includes('NO_TIME')) return 'no time was left';
  if (answered(secure) || secure.stage !== 'connect') return undefined;
  if (answered(plain) || plain.failure === 'ECONNREFUSED') return undefined;
  const { failure } = secure;
  if (!address.includes(':')) {
    return failure === 'ENETUNREACH' ? 'this machine has no way to IPv4 addresses' : undefined;
  }
  if (seen.endpoints.some((other) => other.address.includes(':') && wasReached(other))) return undefined;
  return failsWithoutIpv6({ address, failure }) || failure === 'ETIMEDOUT' ? IPV6_NOT_JUDGED : undefined;
}

/** Why exchanges with an address ended early. */
function endsOf({ secure, plain }: EndpointSeen): string[] {
  const ends = [secure, plain, answered(secure) ? secure.page : secure];
  return ends.flatMap((end) => ('failure' in end ? [end.failure] : []));
}

/** Why an address is silent that lets only some viewers in. */
function closedToUs({ address, secure, plain }: EndpointSeen, { scheme, access }: Declared): string | undefined {
  if (access.includes(address.includes(':') ? '::/0' : '0.0.0.0/0')) return undefined;
  const end = scheme === 'https' ? secure : plain;
  const silent = 'stage' in end && end.stage === 'connect' && end.failure === 'ETIMEDOUT';
  return silent ? `only ${listed(access)} may come` : undefined;
}

/** Whether anything came back from an address. */
function wasReached({ secure, plain }: EndpointSeen): boolean {
  const cameBack = (end: { page?: unknown } | NoAnswer): boolean =>
    !('stage' in end) || end.stage !== 'connect' || end.failure === 'ECONNREFUSED';
  return cameBack(secure) || cameBack(plain);
}

/** The addresses that say something. */
export function judged(seen: Seen): EndpointSeen[] {
  return seen.endpoints.filter((endpoint) => notJudged(endpoint, seen) === undefined);
}
