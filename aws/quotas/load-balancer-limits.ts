import {
  DescribeAccountLimitsCommand,
  type ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Limits } from '../../domain/preflight/limits.ts';

/** How many load balancers, listeners, certificates and target groups the account may have in the region, all pages. */
export async function readLoadBalancerLimits(elb: ElasticLoadBalancingV2Client): Promise<Limits['account']> {
  const told = new Map<string, number>();
  let Marker: string | undefined;
  do {
    const page = await elb.send(new DescribeAccountLimitsCommand(Marker === undefined ? {} : { Marker }));
    for (const { Name = '', Max } of page.Limits ?? []) if (Max !== undefined) told.set(Name, Number(Max));
    Marker = page.NextMarker;
  } while (Marker !== undefined);
  const loadBalancers = told.get('application-load-balancers');
  const listeners = told.get('listeners-per-application-load-balancer');
  const furtherCertificates = told.get('certificates-per-application-load-balancer');
  const targetGroups = told.get('target-groups');
  const rules = told.get('rules-per-application-load-balancer');
  return {
    ...(loadBalancers !== undefined && { loadBalancers }),
    ...(listeners !== undefined && { listeners }),
    // Default certificates are not among those that AWS counts. Source: ELB User Guide, "Quotas", checked 2026-11-22.
    ...(furtherCertificates !== undefined && { certificatesPerLoadBalancer: furtherCertificates + 1 }),
    ...(targetGroups !== undefined && { targetGroups }),
    ...(rules !== undefined && { rulesPerLoadBalancer: rules }),
  };
}
