import type { Answer } from 'dns-packet';
import { isAtOrBelow } from '../../domain/zones/longest-match.ts';
import { canonical, type Question, type Response } from './query.ts';

/**
 * Most name servers of one zone that are asked: what a parent names beyond is left out. The root and the busiest top-level
 * domains have 13. Source: https://www.iana.org/domains/root/servers, checked 2026-11-29.
 */
export const MAX_SERVERS = 13;

/** A zone's name servers as its parent (none for the root) lists them. */
export interface Cut {
  zone: string;
  /** Each once, `MAX_SERVERS` at most. */
  servers: { name: string; addresses: string[] }[];
  /** How many more the parent names. */
  leftOut: number;
}

/** "shop.example.test" -> "example.test" -> "test" -> "". */
export function parentName(name: string): string {
  const dot = name.indexOf('.');
  return dot === -1 ? '' : name.slice(dot + 1);
}

/** The name doesn't exist, or here is what it has. */
export function isFinal({ rcode, answers }: Response, { name, type }: Question): boolean {
  return (
    rcode === 'NXDOMAIN' ||
    answers.some((answer) => answer.name === name && (answer.type === type || answer.type === 'CNAME'))
  );
}

/** The delegation that a response makes, downwards only; glue is believed only below the zone that gave it. */
export function referralIn(response: Response, { cut, name }: { cut: string; name: string }): Cut | undefined {
  const towards = response.authorities.filter(
    (answer) =>
      answer.type === 'NS' && answer.name !== cut && isWithin(answer.name, cut) && isAtOrBelow(name, answer.name),
  );
  const zone = towards[0]?.name;
  if (zone === undefined) return undefined;
  const named = unique(
    towards
      .filter((answer) => answer.name === zone)
      .map((answer) => canonical(String((answer as { data: string }).data))),
  );
  const names = named.slice(0, MAX_SERVERS);
  return {
    zone,
    servers: names.map((server) => ({
      name: server,
      addresses: nameServerAddresses(
        response.additionals.filter((answer) => answer.name === server && isWithin(server, cut)),
      ),
    })),
    leftOut: named.length - names.length,
  };
}

/** The IPv4 addresses among the records of a name server, each once; the IPv6 ones where there is no other. */
export function nameServerAddresses(records: readonly Answer[]): string[] {
  const ipv4 = records.filter(({ type }) => type === 'A');
  const chosen = ipv4.length > 0 ? ipv4 : records.filter(({ type }) => type === 'AAAA');
  return unique(chosen.map((answer) => String((answer as { data: string }).data)));
}

/** Each value once, in the order given. */
export function unique(values: readonly string[]): string[] {
  return [...new Set(values)];
}

function isWithin(name: string, zone: string): boolean {
  return zone === '' || isAtOrBelow(name, zone);
}

/** An authoritative answer or a referral downwards; a server that merely has heard of the name doesn't count. */
export function isUsable(response: Response, asked: { cut: string; name: string }): boolean {
  if (response.rcode !== 'NOERROR' && response.rcode !== 'NXDOMAIN') return false;
  return response.authoritative || referralIn(response, asked) !== undefined;
}
