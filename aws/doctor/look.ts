import type { Seen } from '../../domain/doctor/seen.ts';
import { fewAddresses } from '../../domain/probes/few-addresses.ts';
import type { CaaSet } from '../../domain/zones/authorization.ts';
import { closestCaa } from '../dns/closest-caa.ts';
import { DnsFailure } from '../dns/query.ts';
import { Resolver } from '../dns/resolver.ts';
import { isInSmallInternet } from '../environment.ts';
import { type Connect, guarded } from '../probes/connect.ts';
import { isPublicAddress } from '../probes/public-address.ts';
import { trustedRoots } from '../probes/tls.ts';
import { Slots } from '../slots.ts';
import type { Patience } from './look-at-tls.ts';
import { probeEndpoint } from './probe-endpoint.ts';
import { readNames, readServers } from './read-names.ts';
import { probeZone } from './read-zone.ts';

export type { Connect } from '../probes/connect.ts';

/** For connecting, for a handshake, and for a page: each. What is well needs a fraction. */
const TIMEOUT_MS = 4_000;

/** For all questions to name servers together, and for one of them. */
const DNS = { deadlineMs: 12_000, timeoutMs: 2_500 } as const;

/** For all of it: what does not end before is given up. */
const DEADLINE_MS = 25_000;

/** Most addresses that are looked at side by side. */
const MAX_AT_ONCE = 8;

/** The only ports that are ever connected to. */
const PORTS = [53, 80, 443];

/** What is looked at now, for who waits. */
export type Progress = 'names' | 'endpoints';

export interface LookOptions {
  /** How to connect to an address that has been checked. */
  connect?: Connect;
  /** Whether documentation addresses are public where this looks, as in the local AWS. */
  documentation?: boolean;
  now?: Date;
  webSocketPath?: string;
  timeoutMs?: number;
  /** For all of it. */
  deadlineMs?: number;
  dns?: { timeoutMs?: number; deadlineMs?: number; roots?: readonly string[] };
  progress?: (at: Progress, addresses: readonly string[]) => void;
}

/**
 * All that can be seen of a name from here, without an account. Every connection is opened to a literal address that has
 * been checked to be public, on port 53, 80 or 443; no name is looked up a second time.
 */
export async function lookAt(name: string, options: LookOptions = {}): Promise<Seen> {
  const {
    now = new Date(),
    documentation = isInSmallInternet(),
    webSocketPath,
    progress,
    timeoutMs = TIMEOUT_MS,
    deadlineMs = DEADLINE_MS,
  } = options;
  const end = performance.now() + deadlineMs;
  const isPublic = (address: string): boolean => isPublicAddress(address, { documentation });
  const connect = onPorts(guarded(options.connect, documentation));
  const dns = new Resolver({ ...DNS, ...options.dns, connect });
  progress?.('names', []);
  const [names, delegation, servers, caa] = await Promise.all([
    readNames(dns, name, { isPublic }).then(async (found) => {
      const { few, leftOut } = fewOf(found.addresses.filter(isPublic), name);
      if (few.length > 0) progress?.('endpoints', few);
      const slots = new Slots(MAX_AT_ONCE);
      const probe = patience({ connect, timeoutMs, end });
      const looking = { name, dns, isPublic, trusted: trustedRoots(), webSocketPath: webSocketPath ?? '/', probe };
      const endpoints = await Promise.all(few.map((address) => slots.run(() => probeEndpoint(address, looking))));
      return { found, endpoints, leftOut };
    }),
    probeZone(dns, name),
    readServers(dns, name),
    lookAtCaa(dns, name),
  ]);
  return {
    name,
    now,
    delegation,
    servers,
    caa,
    names: names.found,
    endpoints: names.endpoints,
    leftOut: names.leftOut,
    ...(webSocketPath !== undefined && { webSocketPath }),
  };
}

/** What an exchange may take, which is less towards the end. */
function patience({ connect, timeoutMs, end }: { connect: Connect; timeoutMs: number; end: number }): Patience {
  const left = (): number => end - performance.now();
  return {
    connect,
    get timeoutMs() {
      return Math.max(1, Math.min(timeoutMs, left()));
    },
    isLate: () => left() <= 0,
  };
}

function fewOf(addresses: readonly string[], name: string): { few: string[]; leftOut: number } {
  const { few } = fewAddresses(addresses, name);
  return { few, leftOut: addresses.length - few.length };
}

async function lookAtCaa(dns: Resolver, name: string): Promise<{ set: CaaSet | undefined } | { failure: string }> {
  try {
    return { set: await closestCaa(dns, name) };
  } catch (error) {
    if (error instanceof DnsFailure) return { failure: error.message };
    throw error;
  }
}

/** Refuses every other port before any packet. */
function onPorts(connect: Connect): Connect {
  return (address, port) => {
    if (PORTS.includes(port)) return connect(address, port);
    throw Object.assign(new Error(`Cannot connect to port ${port}`), { code: 'ERR_PORT' });
  };
}
