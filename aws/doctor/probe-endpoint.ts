import type { X509Certificate } from 'node:crypto';
import type { EndpointSeen, NoAnswer, PageSeen, PlainSeen, SecureSeen } from '../../domain/doctor/seen.ts';
import type { Resolver } from '../dns/resolver.ts';
import { readPage } from '../probes/page.ts';
import { openTcp } from '../probes/tcp.ts';
import { shakeHands } from '../probes/tls.ts';
import {
  AS_A_BROWSER,
  handshake,
  lookAtTls,
  oldest,
  type Patience,
  pageOver,
  plainPage,
  seenPage,
  takesCloudFront,
  withInstead,
} from './look-at-tls.ts';
import { walk } from './walk.ts';
import { ACCEPT, UPGRADE } from './web-socket.ts';

interface Looking {
  name: string;
  dns: Resolver;
  isPublic: (address: string) => boolean;
  trusted: readonly X509Certificate[];
  /** The path that a WebSocket upgrade is asked for. */
  webSocketPath: string;
  probe: Patience;
}

type At = Looking & { address: string };

/** One address as a viewer of the name would meet it, over https and over http. Connects to ports 443 and 80 of it, and to nothing else. */
export async function probeEndpoint(address: string, looking: Looking): Promise<EndpointSeen> {
  const at = { address, ...looking };
  const [secure, plain] = await Promise.all([lookSecure(at), lookPlain(at)]);
  return { address, secure, plain };
}

async function lookPlain(at: At): Promise<PlainSeen | NoAnswer> {
  const page = await plainPage({ ...at, port: 80 });
  return 'stage' in page ? page : { page, walk: await walked(new URL(`http://${at.name}/`), page, at) };
}

async function lookSecure(at: At): Promise<SecureSeen | NoAnswer> {
  const spoken = { ...at, port: 443 };
  const first = await lookAtTls(spoken);
  if ('stage' in first) return first.stage === 'handshake' ? withInstead(first, spoken) : first;
  const [page, oldProtocol, forCloudFront, upgrade] = await Promise.all([
    pageOver(first.socket, '/', at),
    oldest(spoken),
    takesCloudFront(spoken),
    secureUpgrade(at),
  ]);
  return {
    ...first.seen,
    ...(oldProtocol !== undefined && { oldProtocol }),
    forCloudFront,
    page,
    walk: 'stage' in page ? [] : await walked(new URL(`https://${at.name}/`), page, at),
    upgrade,
  };
}

async function secureUpgrade(at: At): Promise<PageSeen | NoAnswer> {
  const socket = await handshake(AS_A_BROWSER, { ...at, port: 443 });
  if ('stage' in socket) return socket;
  const page = await pageOver(socket, at.webSocketPath, { ...at, headers: UPGRADE });
  const forged = !('stage' in page) && page.status === 101 && page.headers['sec-websocket-accept'] !== ACCEPT;
  return forged ? { stage: 'page', failure: 'BAD_ACCEPT' } : page;
}

/** Follows redirects at this address. */
function walked(start: URL, page: PageSeen, { address, ...looking }: At): ReturnType<typeof walk> {
  const read = async (url: URL): Promise<PageSeen> => {
    const path = `${url.pathname}${url.search}`;
    const target = { address, port: url.protocol === 'https:' ? 443 : 80, name: looking.name };
    const tcp = await openTcp(target, looking.probe);
    const { timeoutMs } = looking.probe;
    const socket = target.port === 443 ? await shakeHands(tcp, target, { timeoutMs, tls: AS_A_BROWSER }) : tcp;
    return seenPage(await readPage(socket, { host: looking.name, path, timeoutMs }));
  };
  return walk(start, page, { ...looking, read });
}
