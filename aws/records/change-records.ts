import {
  type Change,
  ChangeResourceRecordSetsCommand,
  type ResourceRecordSet,
  type Route53Client,
} from '@aws-sdk/client-route-53';
import type { RecordChange } from '../../domain/records/change.ts';
import type { RecordSet } from '../../domain/records/record-set.ts';

/**
 * Sends changes as one batch, which happens whole or not at all: DELETE of exactly what was seen, CREATE of what is to
 * be. UPSERT, which overwrites whatever is there, is never used (failures R6).
 *
 * @returns the change's id, to ask for INSYNC
 */
export async function changeRecords(
  route53: Route53Client,
  { zoneId, changes, comment }: { zoneId: string; changes: readonly RecordChange[]; comment: string },
): Promise<string> {
  const { ChangeInfo } = await route53.send(
    new ChangeResourceRecordSetsCommand({
      HostedZoneId: zoneId,
      ChangeBatch: { Comment: comment, Changes: batch(changes) },
    }),
  );
  return (ChangeInfo?.Id ?? '').replace(/^\/change\//, '');
}

/**
 * Route 53 works a batch out change by change: what goes makes room first (a weighted set for a simple one, a CNAME for an
 * A), and what an alias leads to within the zone stands before it.
 */
function batch(changes: readonly RecordChange[]): Change[] {
  const gone = changes.flatMap(({ before }) => before ?? []);
  const come = changes.flatMap(({ after }) => after ?? []);
  return [
    ...gone.map((set) => ({ Action: 'DELETE' as const, ResourceRecordSet: asTold(set) })),
    ...come
      .toSorted((one, other) => aliasDepth(one, come) - aliasDepth(other, come))
      .map((set) => ({ Action: 'CREATE' as const, ResourceRecordSet: asTold(set) })),
  ];
}

/** How many aliases lie between a set and one that is none, among those that are created. No alias leads back to itself. */
function aliasDepth({ alias, type }: RecordSet, among: readonly RecordSet[]): number {
  const next = alias && among.find((set) => set.name === alias.name && set.type === type);
  return next
    ? 1 +
        aliasDepth(
          next,
          among.filter((set) => set !== next),
        )
    : 0;
}

function asTold({ name, type, ttlSeconds, values, alias, setIdentifier, routing }: RecordSet): ResourceRecordSet {
  return {
    ...routing,
    Name: name,
    Type: type as never,
    ...(setIdentifier !== undefined && { SetIdentifier: setIdentifier }),
    ...(ttlSeconds !== undefined && { TTL: ttlSeconds }),
    ...(values.length > 0 && { ResourceRecords: values.map((Value) => ({ Value })) }),
    ...(alias && {
      AliasTarget: {
        HostedZoneId: alias.zoneId,
        DNSName: alias.name,
        EvaluateTargetHealth: alias.evaluateTargetHealth,
      },
    }),
  };
}
