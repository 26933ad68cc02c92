import type { X509Certificate } from 'node:crypto';
import type { NamesSeen, NoAnswer, TlsSeen } from '../../domain/doctor/seen.ts';
import { fewAddresses } from '../../domain/probes/few-addresses.ts';
import { isOfFamily } from '../../domain/probes/origin-names.ts';
import type { OriginQuestion } from '../../domain/probes/origin-question.ts';
import type { OriginLook, OriginSeen } from '../../domain/probes/origin-tls.ts';
import type { Resolver } from '../dns/resolver.ts';
import {
  lookAtTls,
  type Patience,
  pageOver,
  type Spoken,
  takesCloudFront,
  withInstead,
} from '../doctor/look-at-tls.ts';
import { readNames } from '../doctor/read-names.ts';
import { isInSmallInternet } from '../environment.ts';
import { type Connect, guarded } from '../probes/connect.ts';
import { isPublicAddress } from '../probes/public-address.ts';
import { trustedRoots } from '../probes/tls.ts';
import { Slots } from '../slots.ts';

/** For connecting and the handshake each: what CloudFront waits. Source: CloudFront, `ConnectionTimeout`, checked 2026-11-29. */
const CONNECT_MS = 10_000;

/** For the page: what CloudFront waits. Source: CloudFront, `OriginReadTimeout`, checked 2026-11-29. */
const READ_MS = 30_000;

/** Most looks side by side, and most in all: 16 addresses under a few names. */
const MAX_AT_ONCE = 8;
const MAX_LOOKS = 64;

/** What the caller needs after the look. */
const MARGIN_MS = 3_000;

export interface OriginLookOptions {
  dns: Resolver;
  /** Milliseconds until the step has to end. */
  remaining: () => number;
  /** How to connect to an address that has been checked. */
  connect?: Connect;
  /** Whether documentation addresses are public where this looks, as in the local AWS. */
  documentation?: boolean;
  connectMs?: number;
  readMs?: number;
}

/**
 * All that is seen of an origin before traffic moves: at each address, under each name that will be sent, what a browser and what
 * CloudFront would meet. Connects to the declared port of the literal addresses that were checked to be public, and to nothing else.
 */
export async function lookAtOrigin(asked: OriginQuestion, options: OriginLookOptions): Promise<OriginSeen> {
  const { name, lookedUp = name ?? '', address, port, client, addresses: family = 'ipv4', path = '/' } = asked;
  const { documentation = isInSmallInternet() } = options;
  const isPublic = (each: string): boolean => isPublicAddress(each, { documentation });
  const origin = { ...(name !== undefined && { name }), port, ...(client === 'cloudfront' && { family }) };
  const names =
    address === undefined ? await readNames(options.dns, lookedUp, { isPublic }) : given(address, { isPublic });
  const addresses = names.addresses.filter(isPublic);
  const reached = client === 'cloudfront' ? addresses.filter(isOfFamily(family)) : addresses;
  const { few } = fewAddresses(reached, name ?? '');
  const looking = { port, path, trusted: trustedRoots(), ...patienceOf(options, documentation) };
  return {
    ...origin,
    names,
    looks: await lookAtEach(few, sentNames(asked), looking),
    leftOut: reached.length - few.length,
  };
}

const given = (address: string, { isPublic }: { isPublic: (address: string) => boolean }): NamesSeen => ({
  over: [],
  end: 'found',
  addresses: [address],
  notPublic: isPublic(address) ? [] : [address],
});

function sentNames({ host, name, servedNames }: OriginQuestion): readonly string[] {
  return host === 'origin' && name !== undefined ? [name] : servedNames;
}

interface Looking {
  port: number;
  path: string;
  trusted: readonly X509Certificate[];
  probe: Patience;
  reading: Patience;
}

/** An address that takes no connection is not asked under the next name. */
async function lookAtEach(
  addresses: readonly string[],
  [first, ...others]: readonly string[],
  looking: Looking,
): Promise<OriginLook[]> {
  if (first === undefined) return [];
  const slots = new Slots(MAX_AT_ONCE);
  const look = (address: string, sentName: string): Promise<OriginLook> =>
    slots.run(async () => ({ address, sentName, tls: await lookAs({ address, name: sentName, ...looking }) }));
  const firsts = await Promise.all(addresses.map((address) => look(address, first)));
  const open = firsts.filter(({ tls }) => !('stage' in tls) || tls.stage !== 'connect').map(({ address }) => address);
  const rest = others.flatMap((sentName) => open.map((address) => ({ address, sentName })));
  const more = rest.slice(0, Math.max(0, MAX_LOOKS - firsts.length));
  return [...firsts, ...(await Promise.all(more.map(({ address, sentName }) => look(address, sentName))))];
}

async function lookAs({ path, reading, ...spoken }: Spoken & Looking): Promise<TlsSeen | NoAnswer> {
  const first = await lookAtTls(spoken);
  if ('stage' in first) return first.stage === 'handshake' ? withInstead(first, spoken) : first;
  const [page, forCloudFront] = await Promise.all([
    pageOver(first.socket, path, { name: spoken.name, probe: reading }),
    takesCloudFront(spoken),
  ]);
  return { ...first.seen, page, forCloudFront };
}

/** What an exchange may take, which is less towards the end. */
function patienceOf(
  { connect, remaining, connectMs = CONNECT_MS, readMs = READ_MS }: OriginLookOptions,
  documentation: boolean,
): { probe: Patience; reading: Patience } {
  const left = (): number => remaining() - MARGIN_MS;
  const within = (limitMs: number): Patience => ({
    connect: guarded(connect, documentation),
    get timeoutMs() {
      return Math.max(1, Math.min(limitMs, left()));
    },
    isLate: () => left() <= 0,
  });
  return { probe: within(connectMs), reading: within(readMs) };
}
