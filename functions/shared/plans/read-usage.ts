import { ACMClient } from '@aws-sdk/client-acm';
import { CloudFrontClient } from '@aws-sdk/client-cloudfront';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { type ListedCertificate, listCertificates } from '../../../aws/certificates/list-certificates.ts';
import { countEdgeFunctions } from '../../../aws/edge-functions/count-edge-functions.ts';
import type { Environment } from '../../../aws/environment.ts';
import { listLoadBalancers } from '../../../aws/load-balancers/describe-load-balancer.ts';
import { listListeners } from '../../../aws/load-balancers/listeners.ts';
import { listTargetGroups } from '../../../aws/load-balancers/target-groups.ts';
import { VIEWERS } from '../../../domain/certificates/place.ts';
import { needsResource } from '../../../domain/edges/edge.ts';
import type { Usage } from '../../../domain/preflight/quotas.ts';
import { acmIn } from '../../../resources/certificate/acm-in.ts';
import type { Seen } from '../../../resources/list.ts';
import type { Survey } from './check-world.ts';

const YEAR_MS = 365 * 24 * 3_600_000;

/** How much the account has of what is limited, asked for with the words that the resources were read with: AWS answers once. */
export async function readUsage(
  { site, clients, zones }: Pick<Survey, 'site' | 'clients' | 'zones'>,
  seen: Seen,
  { environment, now }: { environment: Pick<Environment, 'region'>; now: Date },
): Promise<Usage> {
  const elb = clients(ElasticLoadBalancingV2Client);
  const isBalanced = needsResource(site, 'load balancer');
  const balancer = seen['load-balancer']?.edge?.loadBalancer;
  const isFar = VIEWERS.names(site).length > 0 && environment.region !== VIEWERS.region;
  const [certificates, viewerCertificates, balancers, groups, listeners, edgeFunctions] = await Promise.all([
    needsResource(site, 'certificate') ? listCertificates(clients(ACMClient), { everyStatus: true }) : [],
    isFar ? listCertificates(acmIn(VIEWERS, { clients, environment }), { everyStatus: true }) : undefined,
    isBalanced ? listLoadBalancers(elb) : new Map(),
    isBalanced ? listTargetGroups(elb) : new Map(),
    balancer ? listListeners(elb, balancer.arn) : [],
    needsResource(site, 'bypass') ? countEdgeFunctions(clients(CloudFrontClient)) : 0,
  ]);
  const { toInstance, rules: access } = seen['security-group']?.edge ?? {};
  const { ingress } = toInstance ?? {};
  return {
    certificates: certificates.length,
    certificatesRequestedThisYear: requestedThisYear(certificates, now),
    ...(viewerCertificates && {
      viewerCertificates: {
        held: viewerCertificates.length,
        requestedThisYear: requestedThisYear(viewerCertificates, now),
      },
    }),
    loadBalancers: balancers.size,
    targetGroups: groups.size,
    listeners: listeners.length,
    certificatesOfListeners: listeners.filter(({ certificateArn }) => certificateArn !== undefined).length,
    ...(ingress?.groupId !== undefined && { ingress: { groupId: ingress.groupId, rules: ingress.rules ?? 0 } }),
    distributions: seen.distribution?.count ?? 0,
    distributionsWithPage: seen.distribution?.pages ?? 0,
    edgeFunctions,
    ...(access && { access }),
    elasticAddresses: seen['elastic-ip']?.all.length ?? 0,
    healthChecks: seen['health-check']?.count ?? 0,
    zones: zones.count,
  };
}

function requestedThisYear(certificates: readonly ListedCertificate[], now: Date): number {
  const since = now.getTime() - YEAR_MS;
  return certificates.filter(({ requestedAt }) => requestedAt && requestedAt.getTime() > since).length;
}
