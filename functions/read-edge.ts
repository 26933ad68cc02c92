import { ACMClient } from '@aws-sdk/client-acm';
import { EC2Client } from '@aws-sdk/client-ec2';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { listCertificates } from '../aws/certificates/list-certificates.ts';
import { client } from '../aws/clients.ts';
import { listLoadBalancers } from '../aws/load-balancers/describe-load-balancer.ts';
import { listListeners } from '../aws/load-balancers/listeners.ts';
import { readResourceTags } from '../aws/load-balancers/resource-tags.ts';
import { accessRulesIn } from '../aws/load-balancers/security-group-rules.ts';
import { findSecurityGroup } from '../aws/load-balancers/security-groups.ts';
import { listTargetGroups } from '../aws/load-balancers/target-groups.ts';
import { readTargets } from '../aws/load-balancers/targets.ts';
import { USABLE, validationRecords } from '../domain/certificates/certificate.ts';
import type { SeenEdge } from '../domain/changes/world.ts';
import { ACCESS_RULE } from '../domain/load-balancers/access-rules.ts';
import { addressFamilies } from '../domain/load-balancers/subnet-checks.ts';
import { targetGroupName } from '../domain/load-balancers/target-group.ts';
import { type Owner, resourceName } from '../domain/ownership.ts';
import type { Usage } from '../domain/preflight/quotas.ts';
import { servedNames } from '../domain/sites/served-names.ts';
import type { Site } from '../domain/sites/site.ts';
import type { Survey } from './check-world.ts';
import { findCertificate } from './find-certificate.ts';
import { findWayIn } from './find-way-in.ts';

const YEAR_MS = 365 * 24 * 3_600_000;

/** What stands of a site's load balancer and certificate, and how much of each there is in the region. */
export interface ReadEdge {
  seen: SeenEdge;
  usage: Pick<
    Usage,
    'certificates' | 'certificatesRequestedThisYear' | 'loadBalancers' | 'targetGroups' | 'rulesOfWayIn'
  >;
}

/** Reads what stands for the load balancer and before it. Changes nothing. */
export async function readEdge(
  { site, instance, subnets: known }: Survey,
  { owner, now }: { owner: Owner; now: Date },
): Promise<ReadEdge> {
  const subnets = site.subnets ?? [];
  const [certificates, { rules, ...groups }, balancers, { targetGroup, count: targetGroups }] = await Promise.all([
    readCertificates(site, { owner, now }),
    readGroups({ site, instance }),
    readBalancers(owner),
    readTargetGroup(site),
  ]);
  const { certificate, requestedThisYear, held } = certificates;
  return {
    seen: {
      ...(certificate && { certificate }),
      ...groups,
      subnets,
      ipAddressType: addressFamilies(subnets, known),
      ...balancers.seen,
      ...(targetGroup && { targetGroup }),
    },
    usage: {
      certificates: held,
      certificatesRequestedThisYear: requestedThisYear,
      loadBalancers: balancers.count,
      targetGroups,
      rulesOfWayIn: rules,
    },
  };
}

async function readCertificates(
  site: Site,
  { owner, now }: { owner: Owner; now: Date },
): Promise<{ certificate: SeenEdge['certificate']; requestedThisYear: number; held: number }> {
  const acm = client(ACMClient);
  const names = servedNames(site);
  const all = await listCertificates(acm, { everyStatus: true });
  const listed = all.filter(({ status }) => USABLE.includes(status));
  const found = await findCertificate(acm, { names, owner, listed, adopt: site.adopt });
  const wanted = found && validationRecords({ names, validation: found.validation });
  const certificate = found && {
    arn: found.arn,
    status: found.status,
    tags: found.tags,
    ...(wanted && 'records' in wanted && { records: wanted.records }),
  };
  const since = now.getTime() - YEAR_MS;
  const requestedThisYear = all.filter(({ requestedAt }) => requestedAt && requestedAt.getTime() > since).length;
  return { certificate, requestedThisYear, held: all.length };
}

async function readGroups({
  site,
  instance,
}: Pick<Survey, 'site' | 'instance'>): Promise<Pick<SeenEdge, 'group' | 'wayIn'> & { rules: number }> {
  const ec2 = client(EC2Client);
  const found = await findSecurityGroup(ec2, { name: resourceName(site.domain), vpcId: instance.vpcId });
  const { rules, ...wayIn } = await findWayIn(ec2, {
    instance,
    port: site.origin.instance.port,
    from: found?.id,
  });
  if (!found) return { wayIn, rules };
  const { id, tags, permissions } = found;
  return { group: { id, tags, access: accessRulesIn(permissions, ACCESS_RULE) }, wayIn, rules };
}

async function readBalancers(owner: Owner): Promise<{
  seen: Pick<SeenEdge, 'loadBalancer' | 'listeners' | 'secureListenerTags' | 'httpListenerTags'>;
  count: number;
}> {
  const elb = client(ElasticLoadBalancingV2Client);
  const all = await listLoadBalancers(elb);
  const standing = all.get(resourceName(owner.domain));
  if (!standing) return { seen: { listeners: [], secureListenerTags: {}, httpListenerTags: {} }, count: all.size };
  const { arn, dnsName, zoneId, vpcId, scheme, state, securityGroups } = standing;
  const [tags, listeners] = await Promise.all([readResourceTags(elb, arn), listListeners(elb, arn)]);
  const tagsOn = async (asked: number) => {
    const listener = listeners.find(({ port }) => port === asked);
    return listener ? readResourceTags(elb, listener.arn) : {};
  };
  const [secureListenerTags, httpListenerTags] = await Promise.all([tagsOn(443), tagsOn(80)]);
  const loadBalancer = { arn, dnsName, zoneId, vpcId, scheme, state, securityGroups, tags };
  return { seen: { loadBalancer, listeners, secureListenerTags, httpListenerTags }, count: all.size };
}

async function readTargetGroup(site: Site): Promise<{ targetGroup?: SeenEdge['targetGroup']; count: number }> {
  const elb = client(ElasticLoadBalancingV2Client);
  const all = await listTargetGroups(elb);
  const found = all.get(targetGroupName(site));
  if (!found) return { count: all.size };
  const { arn, vpcId, healthPath, targetType, protocol } = found;
  const [tags, targets] = await Promise.all([readResourceTags(elb, arn), readTargets(elb, arn)]);
  return { targetGroup: { arn, vpcId, healthPath, targetType, protocol, tags, targets }, count: all.size };
}
