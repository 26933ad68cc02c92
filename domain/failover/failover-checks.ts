import { edgeOf } from '../edges/edge.ts';
import { originOf } from '../origins/origin.ts';
import { pointer } from '../problems/pointer.ts';
import { isExternal } from '../sites/dns.ts';
import { DEFAULT_PAGE } from '../sites/failover.ts';
import type { SiteCheck } from '../sites/site-checks.ts';
import { HEALTH_CHECK } from './health-check-alarm.ts';

/** Whether the edge fails over inside of itself, and no record changes. */
const isInside = ({ edge }: Parameters<typeof edgeOf>[0]): boolean => edgeOf({ edge }).servedBy === 'distribution';

/** A check of documents with a failover by DNS. */
const byDns =
  (check: SiteCheck): SiteCheck =>
  (site) =>
    site.failover && !isInside(site) ? check(site) : [];

const setsInside: SiteCheck = ({ edge, failover }) => {
  if (!failover || !isInside({ edge })) return [];
  return [
    ...(failover.check
      ? [
          {
            pointer: '#/failover/check',
            detail: `Cannot set a health check with edge "${edge}": CloudFront sees itself when the origin fails; leave it out`,
          },
        ]
      : []),
    ...(failover.alarm === HEALTH_CHECK
      ? [
          {
            pointer: '#/failover/alarm',
            detail: `Cannot follow the alarm on the health check with edge "${edge}": there is no health check; name an alarm by its ARN, or leave it out`,
          },
        ]
      : []),
    ...(failover.originName === undefined
      ? []
      : [
          {
            pointer: '#/failover/originName',
            detail: `Cannot set an origin name of the failover with edge "${edge}": CloudFront has one; leave it out, and set it in "cdn"`,
          },
        ]),
  ];
};

/** Another provider has no records that follow a health check of Route 53. */
const needsRoute53 = byDns((site) => {
  if (!isExternal(site)) return [];
  const detail = `Cannot fail over with dns "external" and edge "${edgeName(site)}": no other provider's records follow a health check of Route 53; use edge "cdn", which fails over without DNS, or leave "failover" out`;
  return [{ pointer: '#/failover', detail }];
});

/** Source: Route 53 Developer Guide, "Values for health checks": of an endpoint by name, IPv4 alone; checked 2026-11-29. */
const reachesOrigin = byDns((site) => {
  const { access, origin } = site;
  if (access && !access.includes('0.0.0.0/0')) {
    const detail =
      'Cannot fail over while access is limited: the health checkers of Route 53 connect over IPv4 from many addresses; have "0.0.0.0/0" among them, or leave "failover" out';
    return [{ pointer: '#/access', detail }];
  }
  const types = origin && edgeOf(site).servedBy === 'origin' ? originOf({ origin }).address?.types : undefined;
  if (!origin || !types || types.includes('A')) return [];
  const { label, pointer } = originOf({ origin });
  const detail = `Cannot check ${label}: it has IPv6 only, and the health checkers of Route 53 ask a name over IPv4; give an IPv4 address or a name, or use edge "cdn"`;
  return [{ pointer, detail }];
});

/** The page is where viewers of the site come by the same URL. */
const PAGE_PORTS = [80, 443];

const keepsPort = byDns((site) => {
  const { origin } = site;
  if (!origin || edgeOf(site).servedBy !== 'origin') return [];
  const { port, label, pointer } = originOf({ origin });
  if (PAGE_PORTS.includes(port)) return [];
  const detail = `Cannot fail over from ${label} on port ${port}: viewers keep the port of their URL, and CloudFront shows the page on 80 and 443 only; serve on one of these, or leave "failover" out`;
  return [{ pointer: `${pointer}/port`, detail }];
});

const originNameTaken = byDns(({ domain, aliases = [], directName, failover, origin }) => {
  const originName = failover?.originName ?? `origin.${domain}`;
  const role =
    originName === domain || aliases.includes(originName)
      ? 'viewers use it, and the health check would decide its own answer'
      : originName === directName
        ? 'it is the direct name'
        : origin &&
          originOf({ origin }).address?.name === originName &&
          'it is the name of the server, and would lead to itself';
  if (!role) return [];
  const detail = `Cannot use "${originName}" as the origin name: ${role}; give one of its own, such as "to-${originName}"`;
  return [{ pointer: '#/failover/originName', detail }];
});

/** The words of a page that says nothing about them are shown beside "html", and may be declared again. */
const onePage: SiteCheck = ({ failover }) => {
  const { html, ...words } = failover?.page ?? {};
  if (html === undefined) return [];
  const byDefault: Record<string, string | undefined> = { ...DEFAULT_PAGE };
  return Object.entries(words)
    .filter(([field, value]) => value !== byDefault[field])
    .map(([field]) => ({
      pointer: `#/failover/page/${field}`,
      detail: `Cannot use "${field}" beside "html": that is the whole page; leave one of both out`,
    }));
};

/** Words that are left out are English, and a browser would read them out as another language. */
const oneLanguage: SiteCheck = ({ failover }) => {
  const { language = DEFAULT_PAGE.language, html, ...words } = failover?.page ?? {};
  if (html !== undefined || /^en\b/i.test(language)) return [];
  return (['title', 'message'] as const)
    .filter((field) => words[field] === undefined)
    .map((field) => ({
      pointer: `#/failover/page/${field}`,
      detail: `Is missing: the one that is used instead is English, and "language" says "${language}"`,
    }));
};

const repeatedOperators: SiteCheck = ({ failover }) => {
  const { addresses = [] } = failover?.bypass ?? {};
  return addresses.flatMap((block, place) => {
    const detail = `Cannot use "${block}" twice: leave it out`;
    return addresses.indexOf(block) < place
      ? [{ pointer: pointer(['failover', 'bypass', 'addresses', place]), detail }]
      : [];
  });
};

const edgeName = ({ edge = 'load-balancer' }: Parameters<SiteCheck>[0]): string => edge;

/** What is wrong with the failover of a document. */
export const FAILOVER_CHECKS: readonly SiteCheck[] = [
  setsInside,
  needsRoute53,
  reachesOrigin,
  keepsPort,
  originNameTaken,
  onePage,
  oneLanguage,
  repeatedOperators,
];
