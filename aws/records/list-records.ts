import {
  ListResourceRecordSetsCommand,
  type ListResourceRecordSetsCommandOutput,
  type ResourceRecordSet,
  type Route53Client,
} from '@aws-sdk/client-route-53';
import { canonicalRecordName, type RecordSet } from '../../domain/records/record-set.ts';
import { isAtOrBelow } from '../../domain/zones/longest-match.ts';

/** The most that a page holds. Source: ListResourceRecordSets, `MaxItems`, checked 2026-11-22. */
export const PAGE_SIZE = 300;

export interface Below {
  zoneId: string;
  name: string;
  /** Stop after so many sets: the name's own come first. Default: all. */
  limit?: number;
}

/** Where a page begins. */
interface Cursor {
  name: string;
  type?: string;
  identifier?: string;
}

/**
 * The record sets at and below a name, all pages: Route 53 lists by reversed labels, so they lie together, from the
 * name on. A page that fails throws: half a list would make a record look absent.
 */
export async function listRecordsBelow(
  route53: Route53Client,
  { zoneId, name, limit = Number.POSITIVE_INFINITY }: Below,
): Promise<RecordSet[]> {
  const found: RecordSet[] = [];
  let from: Cursor = { name };
  for (;;) {
    const page: ListResourceRecordSetsCommandOutput = await route53.send(
      new ListResourceRecordSetsCommand({
        HostedZoneId: zoneId,
        MaxItems: Math.min(limit, PAGE_SIZE),
        StartRecordName: from.name,
        ...(from.type !== undefined && { StartRecordType: from.type as never }),
        ...(from.identifier !== undefined && { StartRecordIdentifier: from.identifier }),
      }),
    );
    const sets = (page.ResourceRecordSets ?? []).map(recordSet);
    const below = sets.filter((set) => isAtOrBelow(set.name, name));
    found.push(...below);
    if (!page.IsTruncated || below.length < sets.length || found.length >= limit) return found.slice(0, limit);
    if (!page.NextRecordName) throw new Error(`Cannot list the records below "${name}": a page has no next name`);
    from = {
      name: page.NextRecordName,
      ...(page.NextRecordType !== undefined && { type: page.NextRecordType }),
      ...(page.NextRecordIdentifier !== undefined && { identifier: page.NextRecordIdentifier }),
    };
  }
}

function recordSet(told: ResourceRecordSet): RecordSet {
  const { Name, Type, TTL, ResourceRecords = [], AliasTarget: alias, SetIdentifier, ...others } = told;
  const routing = Object.entries(others).filter(([, value]) => value !== undefined);
  return {
    name: canonicalRecordName(Name ?? ''),
    type: Type ?? '',
    values: ResourceRecords.map(({ Value = '' }) => Value),
    ...(TTL !== undefined && { ttlSeconds: TTL }),
    ...(SetIdentifier !== undefined && { setIdentifier: SetIdentifier }),
    ...(alias && {
      alias: {
        zoneId: alias.HostedZoneId ?? '',
        name: canonicalRecordName(alias.DNSName ?? ''),
        evaluateTargetHealth: alias.EvaluateTargetHealth ?? false,
      },
    }),
    ...(routing.length > 0 && { routing: Object.fromEntries(routing) }),
  };
}
