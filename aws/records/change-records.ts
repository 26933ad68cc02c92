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
      ChangeBatch: { Comment: comment, Changes: changes.flatMap(inBatch) },
    }),
  );
  return (ChangeInfo?.Id ?? '').replace(/^\/change\//, '');
}

function inBatch({ before, after }: RecordChange): Change[] {
  return [
    ...(before ? [{ Action: 'DELETE' as const, ResourceRecordSet: asTold(before) }] : []),
    ...(after ? [{ Action: 'CREATE' as const, ResourceRecordSet: asTold(after) }] : []),
  ];
}

function asTold({ name, type, ttlSeconds, values, alias }: RecordSet): ResourceRecordSet {
  return {
    Name: name,
    Type: type as never,
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
