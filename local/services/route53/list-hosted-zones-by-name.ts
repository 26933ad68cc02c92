import type { ListHostedZonesByNameRequest, ListHostedZonesByNameResponse } from '@aws-sdk/client-route-53';
import type { Operation } from '../../wire/service.ts';
import { AwsError } from '../../wire/service.ts';
import { invalidInput } from './errors.ts';
import type { HostedZone } from './hosted-zone.ts';
import { pageOf } from './page.ts';
import { Problem } from './problem.ts';
import { recordName } from './record-name.ts';
import { compare, orderOf } from './record-order.ts';
import { plainId, type Route53 } from './route53.ts';

/** Source: ListHostedZonesByName in the API reference, checked 2026-11-22. */
const PAGE_SIZE = 100;

/** Lists zones in the order of their names, from a name on: a cursor and not a filter. */
export function listHostedZonesByName(
  route53: Route53,
): Operation<ListHostedZonesByNameRequest, ListHostedZonesByNameResponse> {
  return {
    run({ DNSName: name, HostedZoneId: id, MaxItems: asked = PAGE_SIZE }) {
      if (id !== undefined && name === undefined) {
        throw invalidInput('Invalid request: HostedZoneId can only be specified together with DNSName');
      }
      const size = Math.min(asked, PAGE_SIZE);
      const from = name === undefined ? undefined : { name: startName(name), id: plainId(id) };
      const sorted = [...route53.zones.values()].sort((a, b) => compareZones(a, b));
      const rest = from ? sorted.filter((zone) => compareZones(zone, from) >= 0) : sorted;
      const { items, next } = pageOf(rest, size);
      return {
        HostedZones: items.map((zone) => zone.listed()),
        ...(name !== undefined && { DNSName: name }),
        ...(id !== undefined && { HostedZoneId: id }),
        IsTruncated: next !== undefined,
        ...(next && { NextDNSName: next.name, NextHostedZoneId: next.id }),
        MaxItems: size,
      };
    },
  };
}

function compareZones(a: Pick<HostedZone, 'name' | 'id'>, b: Pick<HostedZone, 'name' | 'id'>): number {
  return compare(orderOf(a.name), orderOf(b.name)) || compare(a.id, b.id);
}

function startName(text: string): string {
  try {
    return recordName(text);
  } catch (error) {
    if (error instanceof Problem) throw new AwsError('InvalidDomainName', error.message, { status: 400 });
    throw error;
  }
}
