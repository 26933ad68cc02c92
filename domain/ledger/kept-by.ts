import { type Kept, keptFor, NOTHING_KEPT } from '../changes/kept.ts';
import { needsResource } from '../edges/edge.ts';
import { desiredDocument } from '../sites/life/standing.ts';
import { outputIfDone, outputOf } from './outputs.ts';
import type { SiteRecord } from './site-record.ts';

/**
 * What the running operation keeps: a change what its steps have made or found for the document, an undo nothing; and both
 * what "CheckRemoval" has retained.
 *
 * @throws {Error} when a change has not come that far: nothing may be released then
 */
export function keptBy(record: SiteRecord): Kept {
  const { retained = [] } = outputIfDone(record, 'CheckRemoval') ?? {};
  return { ...keptByDocument(record), ...(retained.length > 0 && { retained }) };
}

/** The same, as it is before "CheckRemoval" has looked. */
export function keptByDocument(record: SiteRecord): Kept {
  const site = desiredDocument(record.item);
  if (!site) return NOTHING_KEPT;
  const { address } = outputOf(record, 'ReserveAddress');
  if (!needsResource(site, 'load balancer')) return keptFor(site, { address });
  const { groupId, wayIn } = outputOf(record, 'OpenSecurityGroups');
  return keptFor(site, {
    address,
    certificateArn: outputOf(record, 'AwaitCertificate').certificateArn,
    loadBalancerArn: outputOf(record, 'CreateLoadBalancer').loadBalancerArn,
    targetGroupArn: outputOf(record, 'CreateTargetGroup').targetGroupArn,
    group: { id: groupId, wayIn },
  });
}
