import type { Answer } from 'dns-packet';
import { isAtOrBelow } from '../../domain/zones/longest-match.ts';
import { canonical, type Question, type Response } from './query.ts';

/** A zone's name servers as its parent (or nobody, for the root) tells them. */
export interface Cut {
  zone: string;
  servers: { name: string; addresses: string[] }[];
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
  const names = towards
    .filter((answer) => answer.name === zone)
    .map((answer) => canonical(String((answer as { data: string }).data)));
  return {
    zone,
    servers: names.map((server) => ({
      name: server,
      addresses: nameServerAddresses(
        response.additionals.filter((answer) => answer.name === server && isWithin(server, cut)),
      ),
    })),
  };
}

/** The IPv4 addresses among the records of a name server; the IPv6 ones where there is no other. */
export function nameServerAddresses(records: readonly Answer[]): string[] {
  const ipv4 = records.filter(({ type }) => type === 'A');
  const chosen = ipv4.length > 0 ? ipv4 : records.filter(({ type }) => type === 'AAAA');
  return chosen.map((answer) => String((answer as { data: string }).data));
}

function isWithin(name: string, zone: string): boolean {
  return zone === '' || isAtOrBelow(name, zone);
}

/** An authoritative answer or a referral downwards; a server that merely has heard of the name doesn't count. */
export function isUsable(response: Response, asked: { cut: string; name: string }): boolean {
  if (response.rcode !== 'NOERROR' && response.rcode !== 'NXDOMAIN') return false;
  return response.authoritative || referralIn(response, asked) !== undefined;
}
