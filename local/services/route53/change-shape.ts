import type { Change, ResourceRecordSet } from '@aws-sdk/client-route-53';
import type { AwsError } from '../../wire/service.ts';
import { invalidInput } from './errors.ts';
import { ROUTING_MEMBERS, routingsOf } from './routing.ts';

type Check = (change: { action: string; set: ResourceRecordSet }) => string | undefined;

/** What has to be right about a change whatever stands in the zone; the first that isn't is the answer. */
const CHECKS: Check[] = [hasOneKindOfValue, hasValues, hasOneRouting];

/** Why a change cannot be meant; undefined when it can. */
export function malformed({ Action, ResourceRecordSet: set }: Change): AwsError | undefined {
  const change = { action: String(Action), set: set ?? ({} as ResourceRecordSet) };
  for (const check of CHECKS) {
    const message = check(change);
    if (message) return invalidInput(`Invalid request: ${message}`);
  }
  return undefined;
}

function hasOneKindOfValue(change: { action: string; set: ResourceRecordSet }): string | undefined {
  const { AliasTarget, TTL, ResourceRecords, TrafficPolicyInstanceId } = change.set;
  const plain = TTL !== undefined && ResourceRecords !== undefined;
  const partly = TTL !== undefined || ResourceRecords !== undefined;
  const kinds = [AliasTarget !== undefined, plain, TrafficPolicyInstanceId !== undefined].filter(Boolean).length;
  if (kinds === 1 && (plain || !partly)) return undefined;
  const kindsText = '[AliasTarget, all of [TTL, and ResourceRecords], or TrafficPolicyInstanceId]';
  return `Expected exactly one of ${kindsText}, but found ${kinds === 0 ? 'none' : 'more than one'} in ${where(change)}`;
}

function hasValues(change: { action: string; set: ResourceRecordSet }): string | undefined {
  const { ResourceRecords: records } = change.set;
  return records?.length === 0 ? `Expected at least one ResourceRecord in ${where(change)}` : undefined;
}

function hasOneRouting(change: { action: string; set: ResourceRecordSet }): string | undefined {
  const { SetIdentifier, HealthCheckId } = change.set;
  const routings = routingsOf(change.set).length;
  if (SetIdentifier === undefined) {
    return routings > 0 || HealthCheckId !== undefined
      ? `Missing field 'SetIdentifier' in ${where(change)}`
      : undefined;
  }
  if (routings === 1) return undefined;
  return `Expected exactly one of ${ROUTING_MEMBERS}, but found ${routings === 0 ? 'none' : 'more than one'} in ${where(change)}`;
}

function where({ action, set }: { action: string; set: ResourceRecordSet }): string {
  return `Change with [Action=${action}, Name=${set.Name}, Type=${set.Type}, SetIdentifier=${set.SetIdentifier ?? null}]`;
}
