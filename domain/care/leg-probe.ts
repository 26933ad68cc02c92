import { judged } from '../doctor/checks/reach.ts';
import { answered, type EndpointSeen, type NamesSeen, type Seen } from '../doctor/seen.ts';
import { listed } from '../listed.ts';
import type { TargetHealth } from '../load-balancers/readiness.ts';
import type { Origin } from '../origins/origin.ts';
import type { LegProbe } from './look-item.ts';

/** The same answer of the same servers for several names is one probe. */
interface NameProbe extends Omit<LegProbe, 'asked'> {
  name: string;
  servers: string;
}

/** Most names, and addresses, that one probe tells of. */
const MOST = 4;

/** What a look from outside has seen of DNS, and of what it leads viewers to; nothing of what could not be asked from here. */
export function nameProbes(looks: readonly Seen[], { isOnPage }: { isOnPage: boolean }): LegProbe[] {
  const each = looks.flatMap((seen) => [...ofDns(seen), ...ofEdge(seen, { isOnPage })]);
  return [...Map.groupBy(each, ({ leg, servers, found }) => `${leg} ${servers} ${found}`).values()].flatMap((alike) => {
    const [first] = alike;
    if (!first) return [];
    const { leg, servers, found, isWell } = first;
    const names = alike.map(({ name }) => name);
    return [{ leg, asked: `${listed(names, MOST)} at ${servers}`, found, isWell }];
  });
}

function ofDns({ name, servers, names }: Seen): NameProbe[] {
  if (servers.length === 0 || names.end === 'failed') return [];
  const without = servers.filter(({ has }) => !has);
  const agree = without.length === 0 || without.length === servers.length;
  const who = agree
    ? without.length === 0
      ? []
      : ['no A record']
    : [`no A record at ${without.map(inWords).join(', ')}`];
  return [
    {
      leg: 'dns',
      name,
      servers: listed(servers.map(({ server }) => server)),
      found: [leadsTo(names), ...who].join('; '),
      isWell: names.end === 'found' && agree,
    },
  ];
}

const inWords = ({ server, rcode }: Seen['servers'][number]): string => `${server} (${rcode})`;

const ENDS: Record<Exclude<NamesSeen['end'], 'found'>, string> = {
  noSuchName: 'there is no such name',
  noData: 'it has no address',
  loop: 'its CNAMEs lead in a circle',
  failed: 'it cannot be looked up',
};

function leadsTo({ end, over, addresses }: NamesSeen): string {
  const led = end === 'found' ? listed(addresses, MOST) : ENDS[end];
  return [...over, led].join(' → ');
}

function ofEdge(seen: Seen, { isOnPage }: { isOnPage: boolean }): NameProbe[] {
  const { name, now, declared: { scheme, port } = { scheme: 'https', port: 443 } } = seen;
  // No port is connected to but 80 and 443.
  if (scheme === 'http' && port !== 80) return [];
  const answers = judged(seen).map((endpoint) => ({
    address: endpoint.address,
    ...(scheme === 'http' ? plainAnswer(endpoint) : secureAnswer(endpoint, now)),
  }));
  return [...Map.groupBy(answers, ({ found }) => found)].map(([found, alike]) => ({
    leg: isOnPage ? 'page' : 'edge',
    name: `${scheme}://${name}/`,
    servers: listed(
      alike.map(({ address }) => address),
      MOST,
    ),
    found,
    isWell: alike.every(({ isRight, status = 500 }) => isRight && (status < 500 || (isOnPage && status === 503))),
  }));
}

interface Answer {
  found: string;
  /** All but what the page answers. */
  isRight: boolean;
  status?: number;
}

function plainAnswer({ plain }: EndpointSeen): Answer {
  if (!answered(plain)) return { found: `no answer (${plain.failure})`, isRight: false };
  const { status } = plain.page;
  return { found: String(status), isRight: true, status };
}

function secureAnswer({ secure }: EndpointSeen, now: Date): Answer {
  if (!answered(secure)) return { found: `no TLS (${secure.failure})`, isRight: false };
  const { page, certificates, covers, chain } = secure;
  const { validTo } = certificates[0];
  const faults = [...(covers ? [] : ['for another name']), ...(chain.trust === 'trusted' ? [] : [chain.trust])];
  const certificate = [`certificate until ${validTo.toISOString().slice(0, 10)}`, ...faults].join(', ');
  const isRight = faults.length === 0 && validTo > now;
  if (!answered(page)) return { found: `no page (${page.failure}); ${certificate}`, isRight: false };
  return { found: `${page.status}; ${certificate}`, isRight, status: page.status };
}

/** How the load balancer finds what it asks for the pages. */
export function targetProbe(targets: readonly TargetHealth[], { label, target }: Origin): LegProbe {
  const found = targets.find(({ id, port }) => id === target?.id && port === target.port);
  const why = [found?.reason, found?.description].filter((each) => each !== undefined);
  return {
    leg: 'origin',
    asked: `Health of ${label}, port ${target?.port}, by the load balancer`,
    found: `${found?.state ?? 'not registered'}${why.length > 0 ? ` (${why.join(': ')})` : ''}`,
    isWell: found?.state === 'healthy',
  };
}
