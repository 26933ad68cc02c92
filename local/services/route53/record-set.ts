import type { ResourceRecordSet } from '@aws-sdk/client-route-53';
import type { DomainName } from '../../dns/domain-name.ts';
import type { RecordData } from '../../dns/record.ts';
import { Problem } from './problem.ts';
import { type RecordName, recordName, wireName } from './record-name.ts';
import { orderOf } from './record-order.ts';
import { recordData } from './values/record-data.ts';

/** A resource record set as a zone keeps it. */
export interface StoredSet {
  name: RecordName;
  /** What the name is sorted by. */
  order: string;
  type: string;
  setIdentifier: string | undefined;
  /** The name in DNS; undefined for a name our DNS cannot carry, which is listed but never answered. */
  owner: DomainName | undefined;
  /** What the values mean in DNS; empty for an alias. */
  data: RecordData[];
  /** The set as the API lists it: names in their one form, everything else as it was given. */
  listed: ResourceRecordSet;
}

/** Makes a set of what a request gives. Throws a Problem for a name or a value that is none. */
export function storedSet(given: ResourceRecordSet): StoredSet {
  const name = recordName(given.Name ?? '');
  const { ResourceRecords: records, AliasTarget: alias } = given;
  return {
    name,
    order: orderOf(name),
    type: String(given.Type),
    setIdentifier: given.SetIdentifier,
    owner: wireName(name),
    data: (records ?? []).map(({ Value: value }) => dataOf(String(given.Type), value ?? '')),
    listed: {
      ...given,
      Name: name,
      ...(alias && { AliasTarget: { ...alias, DNSName: recordName(alias.DNSName ?? '') } }),
    },
  };
}

function dataOf(type: string, value: string): RecordData {
  try {
    return recordData(type, value);
  } catch (error) {
    throw error instanceof Problem ? error.inValue() : error;
  }
}

/** Sets with the same key are the same set: name, type and, with a routing policy, the identifier. */
export function keyOf({ name, type, setIdentifier }: Pick<StoredSet, 'name' | 'type' | 'setIdentifier'>): string {
  return `${name} ${type} ${setIdentifier ?? ''}`;
}

/** Whether a DELETE gives the values that stand there: everything but the order of the values counts. */
export function hasSameValues(a: StoredSet, b: StoredSet): boolean {
  return fingerprint(a.listed) === fingerprint(b.listed);
}

function fingerprint({ ResourceRecords, AliasTarget, GeoLocation, ...rest }: ResourceRecordSet): string {
  const values = (ResourceRecords ?? []).map(({ Value }) => Value ?? '').sort();
  const alias = AliasTarget && [AliasTarget.HostedZoneId, AliasTarget.DNSName, AliasTarget.EvaluateTargetHealth];
  const geo = GeoLocation && [GeoLocation.ContinentCode, GeoLocation.CountryCode, GeoLocation.SubdivisionCode];
  const others = Object.entries(rest).filter(([, value]) => value !== undefined);
  return JSON.stringify([values, alias ?? null, geo ?? null, others.sort(([a], [b]) => (a < b ? -1 : 1))]);
}
