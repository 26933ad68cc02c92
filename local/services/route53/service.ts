import type { Host } from '../../host.ts';
import type { Service } from '../../wire/service.ts';
import { changeResourceRecordSets } from './change-resource-record-sets.ts';
import constraints from './constraints.json' with { type: 'json' };
import { createHostedZone } from './create-hosted-zone.ts';
import { deleteHostedZone } from './delete-hosted-zone.ts';
import { getChange } from './get-change.ts';
import { createHealthCheck } from './health-checks/create-health-check.ts';
import { deleteHealthCheck } from './health-checks/delete-health-check.ts';
import type { HealthChecks } from './health-checks/health-checks.ts';
import {
  getCheckerIpRanges,
  getHealthCheck,
  getHealthCheckCount,
  listHealthChecks,
} from './health-checks/read-health-checks.ts';
import { getHealthCheckLastFailureReason, getHealthCheckStatus } from './health-checks/read-status.ts';
import { updateHealthCheck } from './health-checks/update-health-check.ts';
import type { HostedZone } from './hosted-zone.ts';
import { getAccountLimit, getHostedZoneLimit } from './limits.ts';
import { listHostedZones } from './list-hosted-zones.ts';
import { listHostedZonesByName } from './list-hosted-zones-by-name.ts';
import { listResourceRecordSets } from './list-resource-record-sets.ts';
import { RATES } from './quotas.ts';
import { Route53, type Route53Options } from './route53.ts';
import { changeTagsForResource, listTagsForResource, listTagsForResources } from './tags.ts';
import { testDnsAnswer } from './test-dns-answer.ts';
import { getHostedZone, getHostedZoneCount, updateHostedZoneComment } from './zones.ts';

/** Route 53: hosted zones, their records, changes that take their time, name servers that answer from them, and health checks. */
export function createRoute53(
  host: Host,
  options: Route53Options,
): { service: Service; zones: ReadonlyMap<string, HostedZone>; healthChecks: HealthChecks } {
  const route53 = new Route53(host, options);
  const service: Service = {
    name: 'route53',
    global: true,
    protocol: 'restXml',
    model: () => import('@aws-sdk/client-route-53'),
    constraints,
    rates: { ...RATES, code: 'Throttling' },
    operations: {
      CreateHostedZone: createHostedZone(route53),
      GetHostedZone: getHostedZone(route53),
      GetHostedZoneCount: getHostedZoneCount(route53),
      ListHostedZones: listHostedZones(route53),
      ListHostedZonesByName: listHostedZonesByName(route53),
      UpdateHostedZoneComment: updateHostedZoneComment(route53),
      DeleteHostedZone: deleteHostedZone(route53),
      ChangeResourceRecordSets: changeResourceRecordSets(route53),
      GetChange: getChange(route53),
      ListResourceRecordSets: listResourceRecordSets(route53),
      TestDNSAnswer: testDnsAnswer(route53),
      ChangeTagsForResource: changeTagsForResource(route53),
      ListTagsForResource: listTagsForResource(route53),
      ListTagsForResources: listTagsForResources(route53),
      CreateHealthCheck: createHealthCheck(route53),
      GetHealthCheck: getHealthCheck(route53),
      GetHealthCheckCount: getHealthCheckCount(route53),
      ListHealthChecks: listHealthChecks(route53),
      UpdateHealthCheck: updateHealthCheck(route53),
      DeleteHealthCheck: deleteHealthCheck(route53),
      GetHealthCheckStatus: getHealthCheckStatus(route53),
      GetHealthCheckLastFailureReason: getHealthCheckLastFailureReason(route53),
      GetCheckerIpRanges: getCheckerIpRanges(),
      GetHostedZoneLimit: getHostedZoneLimit(route53),
      GetAccountLimit: getAccountLimit(route53),
    },
  };
  return { service, zones: route53.zones, healthChecks: route53.healthChecks };
}
