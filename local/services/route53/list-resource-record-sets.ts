import type { ListResourceRecordSetsRequest, ListResourceRecordSetsResponse } from '@aws-sdk/client-route-53';
import type { Operation } from '../../wire/service.ts';
import { invalidInput } from './errors.ts';
import { pageOf } from './page.ts';
import { Problem } from './problem.ts';
import { recordName } from './record-name.ts';
import { comparePlaces, orderOf, type Place } from './record-order.ts';
import { RECORD_TYPES } from './record-types.ts';
import { type Route53, zoneArn } from './route53.ts';

/** Source: ListResourceRecordSets in the API reference, checked 2026-11-22. */
const PAGE_SIZE = 300;

export function listResourceRecordSets(
  route53: Route53,
): Operation<ListResourceRecordSetsRequest, ListResourceRecordSetsResponse> {
  return {
    resources: ({ HostedZoneId: id }) => [zoneArn(id)],
    run(input) {
      const zone = route53.zone(input.HostedZoneId);
      const size = Math.min(input.MaxItems ?? PAGE_SIZE, PAGE_SIZE);
      const start = startOf(input);
      const sorted = zone.records.sorted();
      const rest = start ? sorted.filter((set) => comparePlaces(set, start) >= 0) : sorted;
      const { items, next } = pageOf(rest, size);
      return {
        ResourceRecordSets: items.map(({ listed }) => listed),
        IsTruncated: next !== undefined,
        ...(next && { NextRecordName: next.name, NextRecordType: next.listed.Type }),
        ...(next?.setIdentifier !== undefined && { NextRecordIdentifier: next.setIdentifier }),
        MaxItems: size,
      };
    },
  };
}

/** Where the list begins; a type needs a name, an identifier needs both. */
function startOf({
  StartRecordName: name,
  StartRecordType: type,
  StartRecordIdentifier: identifier,
}: ListResourceRecordSetsRequest): Place | undefined {
  if (type !== undefined && !RECORD_TYPES.includes(type)) {
    throw invalidInput(`Invalid request: Value '${type}' of 'StartRecordType' is not a record type`);
  }
  if (name === undefined && type !== undefined) {
    throw invalidInput('Invalid request: StartRecordType can only be specified together with StartRecordName');
  }
  if (identifier !== undefined && (name === undefined || type === undefined)) {
    throw invalidInput(
      'Invalid request: StartRecordIdentifier can only be specified together with StartRecordName and StartRecordType',
    );
  }
  if (name === undefined) return undefined;
  try {
    return { order: orderOf(recordName(name)), type: type ?? '', setIdentifier: identifier ?? '' };
  } catch (error) {
    if (error instanceof Problem) throw invalidInput(error.message);
    throw error;
  }
}
