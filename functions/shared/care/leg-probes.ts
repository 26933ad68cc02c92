import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { client } from '../../../aws/clients.ts';
import { isCode } from '../../../aws/error-code.ts';
import { readTargets } from '../../../aws/load-balancers/targets.ts';
import type { Concerns } from '../../../domain/care/concern.ts';
import { targetProbe } from '../../../domain/care/leg-probe.ts';
import type { LegProbe } from '../../../domain/care/look-item.ts';
import { needsResource } from '../../../domain/edges/edge.ts';
import { outputIfDone } from '../../../domain/ledger/outputs.ts';
import type { SiteRecord } from '../../../domain/ledger/site-record.ts';
import { originOf } from '../../../domain/origins/origin.ts';
import type { Site } from '../../../domain/sites/site.ts';
import type { CdnOrigin } from '../../../resources/probes/look-at-cdn-origin.ts';
import { servedDocument } from './look-at-site.ts';
import type { Looking } from './resource-concerns.ts';

/** A part of a look, with what it has seen of legs. */
export interface Part extends Concerns {
  probes?: LegProbe[];
}

/** How the load balancer finds the target that a group of ours has; nothing of a site without one. */
export async function targetPart({ record }: Pick<Looking, 'record'>): Promise<Part> {
  return { concerns: [], unseen: [], probes: await ofTarget(record) };
}

async function ofTarget(record: SiteRecord): Promise<LegProbe[]> {
  const group = outputIfDone(record, 'CreateTargetGroup')?.targetGroupArn;
  const origin = originOf(servedDocument(record));
  if (group === undefined || !origin.target) return [];
  try {
    return [targetProbe(await readTargets(client(ElasticLoadBalancingV2Client), group), origin)];
  } catch (error) {
    // What is missing is told of by an alert.
    if (isCode(error, 'TargetGroupNotFound')) return [];
    throw error;
  }
}

/** What stands behind CloudFront, asked as CloudFront does; nothing where it answers CloudFront only. */
export function behindProbes({ name, at, findings }: CdnOrigin, site: Site): LegProbe[] {
  if (at.length === 0 && findings.length === 0) return [];
  return [
    {
      leg: needsResource(site, 'load balancer') ? 'balancer' : 'origin',
      asked: `https://${name}/ as CloudFront asks${at.length > 0 ? ` at ${at.join(', ')}` : ''}`,
      found: findings.length > 0 ? findings.map(({ message }) => message).join('; ') : 'answers as CloudFront wants it',
      isWell: findings.every(({ severity }) => severity === 'info'),
    },
  ];
}
