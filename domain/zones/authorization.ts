import { listed } from '../listed.ts';
import { isRegistry } from './managed-at.ts';

/** One CAA property. */
export interface CaaProperty {
  /** Flag 128: who doesn't understand the tag must not issue. */
  critical: boolean;
  /** "issue", "issuewild", "iodef" … */
  tag: string;
  /** "amazon.com", ";", "letsencrypt.org; validationmethods=dns-01" */
  value: string;
}

/** The CAA records that count for a name: those of the closest name, itself or above, that has any. */
export interface CaaSet {
  at: string;
  properties: CaaProperty[];
  /** The name whose records they are, where a CNAME at `at` leads to it: beside a CNAME no CAA record can be set. */
  target?: string;
  /** Whether the name that was asked about is a CNAME itself. */
  aliased?: boolean;
}

/** Any of them lets ACM issue. Source: ACM User Guide, "Configure a CAA record", checked 2026-11-22. */
const AMAZON_AUTHORITIES = ['amazon.com', 'amazontrust.com', 'awstrust.com', 'amazonaws.com'];

/** Source: RFC 8659, section 4, and RFC 9495 (issuemail), which says nothing about certificates for websites. */
const KNOWN_TAGS = ['issue', 'issuewild', 'issuemail', 'iodef', 'contactemail', 'contactphone'];

/** The names whose CAA records are looked at, in this order: the name itself, then every name above it. RFC 8659, 3. */
export function climb(name: string): string[] {
  const labels = name.replace(/^\*\./, '').split('.');
  return labels.map((_, index) => labels.slice(index).join('.'));
}

/** Why ACM may not issue for `name`, with the record that lets it and what is `next`; undefined when it may (failures A5, A6). */
export function authorizationProblem(
  name: string,
  set: CaaSet | undefined,
  { next = ', then declare the site again' }: { next?: string } = {},
): string | undefined {
  if (!set) return undefined;
  const unknown = set.properties.find(isCriticalUnknown);
  if (unknown) {
    return `Cannot get a certificate for "${name}": ${holderInWords(set)} has a critical CAA record with the tag "${unknown.tag}", which forbids every authority that does not know it. ${set.target === undefined ? 'Remove that record' : withoutCname(set, 'remove that record')}${next}`;
  }
  const restricting = restrictingProperties(name, set.properties);
  if (restricting.length === 0 || restricting.some((property) => AMAZON_AUTHORITIES.includes(authorityIn(property)))) {
    return undefined;
  }
  const tag = restricting[0]?.tag ?? 'issue';
  const allowed = listed(restricting.map(({ value }) => `"${value}"`));
  const allowing = (at: string) => `${at} CAA 0 ${tag} "${AMAZON_AUTHORITIES[0]}"`;
  const fix =
    set.target === undefined
      ? `Add the record ${allowing(placeToAdd(name, set))}`
      : withoutCname(set, `add the record ${allowing(set.target)}`);
  return `Cannot get a certificate for "${name}": the CAA records of ${holderInWords(set)} allow ${allowed} only. ${fix}${next}`;
}

function holderInWords({ at, target }: CaaSet): string {
  return target === undefined ? `"${at}"` : `"${target}", which "${at}" leads to by a CNAME,`;
}

/** A CNAME's target may be another's, and nothing can be added beside the CNAME. */
function withoutCname({ at, target }: CaaSet, there: string): string {
  return `No CAA record can be set beside a CNAME: have the administrator of "${target}" ${there}, or replace the CNAME of "${at}" by A and AAAA records, so that the CAA records of the names above count`;
}

/** The name to add a record at: of a registry's zone only that registry can; the records of a name itself count before. */
function placeToAdd(name: string, { at, aliased = false }: CaaSet): string {
  return !isRegistry(at) || aliased ? at : name.replace(/^\*\./, '');
}

/** "issuewild" takes the place of "issue" for a wildcard; with neither, everybody may issue. RFC 8659, 4.2 and 4.3. */
export function restrictingProperties(name: string, properties: readonly CaaProperty[]): CaaProperty[] {
  const tagged = (tag: string) => properties.filter((property) => property.tag === tag);
  const wild = name.startsWith('*.') ? tagged('issuewild') : [];
  return wild.length > 0 ? wild : tagged('issue');
}

/** "letsencrypt.org; validationmethods=dns-01" -> "letsencrypt.org" */
export function authorityIn({ value }: CaaProperty): string {
  return (value.split(';')[0] ?? '').trim().toLowerCase();
}

/** Whether it is one that authorities must understand and don't: none of them may issue then. */
export function isCriticalUnknown({ critical, tag }: CaaProperty): boolean {
  return critical && !KNOWN_TAGS.includes(tag);
}
