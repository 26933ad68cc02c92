import type { ChangeResourceRecordSetsRequest, ChangeResourceRecordSetsResponse } from '@aws-sdk/client-route-53';
import type { Operation } from '../../wire/service.ts';
import { workOut } from './change-batch.ts';
import { invalidInput, priorRequestNotComplete } from './errors.ts';
import { noSuchHealthCheck } from './health-checks/find.ts';
import { CHANGE_TOKENS } from './quotas.ts';
import { conditionName } from './record-name.ts';
import { type Route53, zoneArn } from './route53.ts';

export function changeResourceRecordSets(
  route53: Route53,
): Operation<ChangeResourceRecordSetsRequest, ChangeResourceRecordSetsResponse> {
  return {
    resources: ({ HostedZoneId: id }) => [zoneArn(id)],
    conditions,
    run({ HostedZoneId: id, ChangeBatch: batch }) {
      const changes = batch?.Changes ?? [];
      route53.spend(changes.reduce((sum, { Action: action }) => sum + (action ? (CHANGE_TOKENS[action] ?? 1) : 1), 0));
      const zone = route53.zone(id);
      if (changes.length === 0) throw invalidInput('Invalid request: Expected at least one Change in ChangeBatch');
      for (const { Action: action, ResourceRecordSet: set } of changes) {
        const check = set?.HealthCheckId;
        if (action === 'DELETE' || check === undefined) continue;
        if (!route53.followed.some(({ byId }) => byId.has(check))) throw noSuchHealthCheck(check);
      }
      if (zone.processing) throw priorRequestNotComplete();
      const { records } = zone;
      const { awsNames } = route53.options;
      const outcome = workOut(changes, { zoneId: zone.id, zoneName: zone.name, records, awsNames });
      const submitted = route53.changes.submit(zone.name, batch?.Comment);
      zone.accept(outcome, submitted);
      return { ChangeInfo: submitted.info };
    },
  };
}

/** Source: Route 53 Developer Guide, "Using IAM policy conditions for fine-grained access control", checked 2026-11-22. */
function conditions({ ChangeBatch: batch }: ChangeResourceRecordSetsRequest): Record<string, string[]> {
  const changes = batch?.Changes ?? [];
  const distinct = (values: (string | undefined)[]) => [...new Set(values.map(String))];
  const sets = changes.map(({ ResourceRecordSet: set }) => set);
  return {
    'route53:ChangeResourceRecordSetsNormalizedRecordNames': distinct(
      sets.map((set) => conditionName(set?.Name ?? '')),
    ),
    'route53:ChangeResourceRecordSetsRecordTypes': distinct(sets.map((set) => set?.Type)),
    'route53:ChangeResourceRecordSetsActions': distinct(changes.map(({ Action: action }) => action)),
  };
}
