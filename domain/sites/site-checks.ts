import { usesAcme, usesExport } from '../certificates/server-names.ts';
import { certifiedOriginName, edgeOf, requestsCertificate } from '../edges/edge.ts';
import { isBehindBalancer } from '../edges/served-origin.ts';
import { FAILOVER_CHECKS } from '../failover/failover-checks.ts';
import { NEW_INSTANCE_CHECKS } from '../origins/new-instance-checks.ts';
import { originOf } from '../origins/origin.ts';
import { HTTPS_PORT } from '../origins/server.ts';
import { pointer } from '../problems/pointer.ts';
import type { FieldError } from '../problems/problem.ts';
import { MAX_MARKED_CHARACTERS } from '../records/marker.ts';
import type { Declaration } from './declaration.ts';

/** Names one certificate takes without asking AWS for more. Source: ACM quotas, checked 2026-11-22. */
export const MAX_CERTIFICATE_NAMES = 10;

/** The certificate's first name is its common name. Source: RequestCertificate, `DomainName`, checked 2026-11-22. */
const MAX_COMMON_NAME_CHARACTERS = 64;

/** ACM validates a name by a record below it: "_", 32 hexadecimal digits, a dot. Source: ACM User Guide, "DNS validation", checked 2026-11-22. */
const VALIDATION_LABEL_CHARACTERS = 34;

/** Source: RFC 1035, section 2.3.4, checked 2026-11-22. */
const MAX_DNS_CHARACTERS = 253;

/** The longest name that ACM can validate by DNS. */
const MAX_VALIDATED_CHARACTERS = MAX_DNS_CHARACTERS - VALIDATION_LABEL_CHARACTERS;

/** Looks at the fields that it needs: others may be missing, or wrong. */
export type SiteCheck = (site: Partial<Declaration>) => FieldError[];

function repeatedNames({ domain, aliases = [] }: Partial<Declaration>): FieldError[] {
  return aliases.flatMap((alias, place) => {
    const detail =
      alias === domain
        ? `Cannot use "${alias}" as an alias: it is the domain itself; leave it out`
        : aliases.indexOf(alias) < place && `Cannot use "${alias}" twice: it is an alias already; leave it out`;
    return detail ? [{ pointer: pointer(['aliases', place]), detail }] : [];
  });
}

function directNameTaken({ domain, aliases = [], directName }: Partial<Declaration>): FieldError[] {
  if (directName === undefined || (directName !== domain && !aliases.includes(directName))) return [];
  const detail = `Cannot use "${directName}" as the direct name: it is a name of the site; give one of its own, such as "direct.${directName}"`;
  return [{ pointer: '#/directName', detail }];
}

function oneCertificate({ certificate }: Partial<Declaration>): FieldError[] {
  if (
    !certificate ||
    typeof certificate === 'string' ||
    (certificate.arn === undefined) !== (certificate.imported === undefined)
  )
    return [];
  const detail =
    certificate.arn === undefined
      ? 'Must name a certificate of ACM (arn) or a secret (imported); leave it out to have one requested'
      : 'Must have "arn" or "imported", not both';
  return [{ pointer: '#/certificate', detail }];
}

/** Source: ACM User Guide, "ACME certificate characteristics": for servers of one's own, on no service of AWS; checked 2026-11-29. */
const ON_NO_SERVICE =
  'such a certificate is for a server of your own and cannot be attached to a load balancer or to CloudFront';

/** There the certificate that ACM keeps does as well, for nothing. */
const NOT_EXPORTED = 'ACM gives load balancers and CloudFront their certificate itself, for nothing';

const isBalanced = ({
  origin,
  edge,
}: Pick<Declaration, 'origin'> & { edge?: Declaration['edge'] | undefined }): boolean => {
  const { servedBy } = edgeOf({ edge });
  return servedBy === 'load balancer' || (servedBy === 'distribution' && isBehindBalancer({ origin }));
};

function serverElsewhere({ origin, edge, certificate }: Partial<Declaration>): FieldError[] {
  if (!origin || (!usesAcme({ certificate }) && !usesExport({ certificate }))) return [];
  const { server, port } = { server: undefined, ...origin, port: originOf({ origin }).port };
  const why =
    server === undefined || isBalanced({ origin, edge })
      ? `${usesExport({ certificate }) ? NOT_EXPORTED : ON_NO_SERVICE}; use an origin "server" with edge "direct" or "cdn", or leave it out`
      : edgeOf({ edge }).servedBy === 'origin' &&
        port !== HTTPS_PORT &&
        `the server listens on port ${port} with plain HTTP; leave the port out, which means ${HTTPS_PORT}`;
  const how = usesExport({ certificate }) ? 'export the certificate' : 'get the certificate by ACME';
  return why ? [{ pointer: '#/certificate', detail: `Cannot ${how}: ${why}` }] : [];
}

/**
 * What the inline policies of a role have at most, in characters, less what the policy has besides names. Source: IAM User Guide, "IAM
 * and AWS STS quotas"; checked 2026-11-30.
 */
const MAX_POLICY_CHARACTERS = 10_240 - 500;

/** The role of the server names them all. */
function tooLongForRole({ domain = '', aliases = [], certificate }: Partial<Declaration>): FieldError[] {
  const characters = JSON.stringify([domain, ...aliases]).length;
  if (!usesAcme({ certificate }) || characters <= MAX_POLICY_CHARACTERS) return [];
  const detail = `Cannot get the certificate by ACME for names of ${characters} characters in all: ${MAX_POLICY_CHARACTERS} is the most that the policy of a role has room for; declare some of them as a site of their own`;
  return [{ pointer: '#/aliases', detail }];
}

/** A9, S11. */
function tooManyNames(site: Partial<Declaration>): FieldError[] {
  const { aliases = [] } = site;
  const originName = certifiedOriginName(site);
  const count = aliases.length + (originName === undefined ? 1 : 2);
  if (!requestsCertificate(site) || count <= MAX_CERTIFICATE_NAMES) return [];
  const among = originName === undefined ? '' : `, the origin name "${originName}" among them`;
  const detail = `Cannot put ${count} names on one certificate${among}: ${MAX_CERTIFICATE_NAMES} is the most; declare the others as a site of their own`;
  return [{ pointer: '#/aliases', detail }];
}

/** Where the CDN sends the origin name alone, the certificate that is exported is for that name. */
function originNameTooLong(site: Partial<Declaration>): FieldError[] {
  const name = usesExport(site) && site.cdn?.host === 'origin' ? certifiedOriginName(site) : undefined;
  if (name === undefined || name.length <= MAX_COMMON_NAME_CHARACTERS) return [];
  const detail = `Cannot put "${name}" on a certificate as its first name: it has ${name.length} characters, and ${MAX_COMMON_NAME_CHARACTERS} is the most; give a shorter origin name`;
  return [{ pointer: '#/cdn/originName', detail }];
}

function commonNameTooLong({ domain = '', ...site }: Partial<Declaration>): FieldError[] {
  if (!requestsCertificate(site) || domain.length <= MAX_COMMON_NAME_CHARACTERS) return [];
  const detail = `Cannot use "${domain}" as the domain: it has ${domain.length} characters and the first name of a certificate at most ${MAX_COMMON_NAME_CHARACTERS}; make a shorter name the domain and this one an alias`;
  return [{ pointer: '#/domain', detail }];
}

/** They would fail when the validation record is written, long after the certificate was asked for. */
function tooLongToValidate(site: Partial<Declaration>): FieldError[] {
  if (!requestsCertificate(site) && !usesAcme(site)) return [];
  const { aliases = [] } = site;
  const originName = certifiedOriginName(site);
  const names = [
    ...aliases.map((name, place) => ({ name, path: ['aliases', place] })),
    ...(originName === undefined ? [] : [{ name: originName, path: ['cdn', 'originName'] }]),
  ];
  return names.flatMap(({ name, path }) => {
    if (name.length <= MAX_VALIDATED_CHARACTERS) return [];
    const detail = `Cannot put "${name}" on a certificate: it has ${name.length} characters, and ${MAX_VALIDATED_CHARACTERS} is the most below which ACM's validation record still fits; shorten it`;
    return [{ pointer: pointer(path), detail }];
  });
}

/** The marker of every name's records names the domain. */
function tooLongToMark({ domain = '', ...site }: Partial<Declaration>): FieldError[] {
  // Of a certificate, the bound of the common name is the narrower one.
  if (requestsCertificate(site) || domain.length <= MAX_MARKED_CHARACTERS) return [];
  const detail = `Cannot use "${domain}" as the domain: it has ${domain.length} characters, and ${MAX_MARKED_CHARACTERS} is the most that fits into the owner marker of its records; make a shorter name the domain and this one an alias`;
  return [{ pointer: '#/domain', detail }];
}

function repeatedBlocks({ access = [] }: Partial<Declaration>): FieldError[] {
  return repeated(access).map((place) => ({
    pointer: pointer(['access', place]),
    detail: `Cannot use "${access[place]}" twice: leave it out`,
  }));
}

function repeatedSubnets({ subnets = [] }: Partial<Declaration>): FieldError[] {
  return repeated(subnets).map((place) => ({
    pointer: pointer(['subnets', place]),
    detail: `Cannot use "${subnets[place]}" twice: leave it out`,
  }));
}

const edgeCannot: SiteCheck = (site) => edgeOf(site).checks.flatMap((check) => check(site));

/** What is wrong with the fields of a site among one another. Each looks at what it needs, and all are asked. */
export const SITE_CHECKS: SiteCheck[] = [
  repeatedNames,
  directNameTaken,
  oneCertificate,
  serverElsewhere,
  tooLongForRole,
  tooManyNames,
  commonNameTooLong,
  originNameTooLong,
  tooLongToValidate,
  tooLongToMark,
  repeatedBlocks,
  repeatedSubnets,
  edgeCannot,
  delegatedElsewhere,
  ...NEW_INSTANCE_CHECKS,
  ...FAILOVER_CHECKS,
];

/** Where a person enters the records there is no hosted zone to delegate to. */
function delegatedElsewhere({ delegate, dns }: Partial<Declaration>): FieldError[] {
  if (delegate !== true || dns !== 'external') return [];
  const detail =
    'Must be left out with "dns": "external": no hosted zone is made to delegate to, and the name servers stay as they are';
  return [{ pointer: '#/delegate', detail }];
}

/** The places of entries that stood earlier in the list already. */
function repeated(entries: string[]): number[] {
  return entries.flatMap((entry, place) => (entries.indexOf(entry) < place ? [place] : []));
}
