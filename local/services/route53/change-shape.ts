import type { Change, ResourceRecordSet } from '@aws-sdk/client-route-53';
import type { AwsError } from '../../wire/service.ts';
import { invalidInput } from './errors.ts';
import { MAX_TTL_SECONDS, MAX_WEIGHT } from './quotas.ts';
import { RECORD_TYPES } from './record-types.ts';
import { ROUTING_MEMBERS, routingsOf } from './routing.ts';

type Check = (change: { action: string; set: ResourceRecordSet }) => string | undefined;

/** What has to be right about a change whatever stands in the zone; the first that isn't is the answer. */
const CHECKS: Check[] = [
  actionIsKnown,
  typeIsKnown,
  hasOneKindOfValue,
  hasValues,
  ttlIsInRange,
  hasOneRouting,
  weightIsInRange,
  failoverIsKnown,
];

/** Why a change cannot be meant; undefined when it can. */
export function malformed({ Action, ResourceRecordSet: set }: Change): AwsError | undefined {
  const change = { action: String(Action), set: set ?? ({} as ResourceRecordSet) };
  for (const check of CHECKS) {
    const message = check(change);
    if (message) return invalidInput(`Invalid request: ${message}`);
  }
  return undefined;
}

function actionIsKnown({ action }: { action: string }): string | undefined {
  return oneOf(action, { member: 'Action', known: ['CREATE', 'DELETE', 'UPSERT'] });
}

function typeIsKnown({ set }: { set: ResourceRecordSet }): string | undefined {
  return oneOf(String(set.Type), { member: 'Type', known: RECORD_TYPES });
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

function ttlIsInRange({ set }: { set: ResourceRecordSet }): string | undefined {
  return inRange(set.TTL, { member: 'TTL', max: MAX_TTL_SECONDS });
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

function weightIsInRange({ set }: { set: ResourceRecordSet }): string | undefined {
  return inRange(set.Weight, { member: 'Weight', max: MAX_WEIGHT });
}

function failoverIsKnown({ set }: { set: ResourceRecordSet }): string | undefined {
  if (set.Failover === undefined) return undefined;
  return oneOf(set.Failover, { member: 'Failover', known: ['PRIMARY', 'SECONDARY'] });
}

function oneOf(value: string, { member, known }: { member: string; known: readonly string[] }): string | undefined {
  return known.includes(value) ? undefined : `Value '${value}' of '${member}' is not one of [${known.join(', ')}]`;
}

function inRange(value: number | undefined, { member, max }: { member: string; max: number }): string | undefined {
  if (value === undefined || (Number.isInteger(value) && value >= 0 && value <= max)) return undefined;
  return `Value '${value}' of '${member}' is not between 0 and ${max}`;
}

function where({ action, set }: { action: string; set: ResourceRecordSet }): string {
  return `Change with [Action=${action}, Name=${set.Name}, Type=${set.Type}, SetIdentifier=${set.SetIdentifier ?? null}]`;
}
