import { ACMClient } from '@aws-sdk/client-acm';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { listCertificates } from '../../../aws/certificates/list-certificates.ts';
import type { Environment } from '../../../aws/environment.ts';
import { openLedger } from '../../../aws/ledger/ledger.ts';
import { type LoadBalancer, listLoadBalancers } from '../../../aws/load-balancers/describe-load-balancer.ts';
import { listFurtherCertificates } from '../../../aws/load-balancers/listener-certificates.ts';
import { listListeners } from '../../../aws/load-balancers/listeners.ts';
import { readTagsOfEach } from '../../../aws/load-balancers/resource-tags.ts';
import { listTargetGroups, type TargetGroup } from '../../../aws/load-balancers/target-groups.ts';
import { readTargets } from '../../../aws/load-balancers/targets.ts';
import type { SeenEdge } from '../../../domain/changes/world.ts';
import { addressFamilies } from '../../../domain/load-balancers/subnet-checks.ts';
import { targetGroupName } from '../../../domain/load-balancers/target-group.ts';
import { type Owner, resourceName } from '../../../domain/ownership.ts';
import type { Usage } from '../../../domain/preflight/quotas.ts';
import type { Site } from '../../../domain/sites/site.ts';
import { certificate } from '../../../resources/certificate/certificate.ts';
import type { Scope } from '../../../resources/resource.ts';
import { securityGroup } from '../../../resources/security-group/security-group.ts';
import type { Survey } from './check-world.ts';

const YEAR_MS = 365 * 24 * 3_600_000;

/** What stands of a site's load balancer and certificate, and how much of each there is in the region. */
export interface ReadEdge {
  seen: SeenEdge;
  usage: Pick<
    Usage,
    'certificates' | 'certificatesRequestedThisYear' | 'loadBalancers' | 'targetGroups' | 'rulesOfWayIn'
  >;
}

interface About {
  owner: Owner;
  environment: Environment;
  now: Date;
}

/** Reads what stands for the load balancer and before it. Changes nothing. */
export async function readEdge(survey: Survey, about: About): Promise<ReadEdge> {
  const { site, clients, subnets: known } = survey;
  const subnets = site.subnets ?? [];
  const [{ certificate: chosen, ...certificates }, { rules, ...groups }, { seen, ...counts }] = await Promise.all([
    readCertificates(survey, about),
    readGroups(survey, about),
    readBalancing(clients(ElasticLoadBalancingV2Client), site),
  ]);
  return {
    seen: {
      ...(chosen && { certificate: chosen }),
      ...groups,
      subnets,
      ipAddressType: addressFamilies(subnets, known),
      ...seen,
    },
    usage: { ...certificates, ...counts, rulesOfWayIn: rules },
  };
}

async function readCertificates(
  { site, clients }: Survey,
  { environment, owner, now }: About,
): Promise<Pick<SeenEdge, 'certificate'> & Pick<ReadEdge['usage'], 'certificates' | 'certificatesRequestedThisYear'>> {
  const scope: Scope = { owner, site, record: undefined, known: {}, retained: [], now };
  const look = { clients, environment, ledger: openLedger(environment), phase: 'prepare' as const };
  const [all, { chosen }] = await Promise.all([
    listCertificates(clients(ACMClient), { everyStatus: true }),
    certificate.read(look, scope),
  ]);
  const since = now.getTime() - YEAR_MS;
  const requested = all.filter(({ requestedAt }) => requestedAt && requestedAt.getTime() > since);
  return {
    ...(chosen && { certificate: chosen }),
    certificates: all.length,
    certificatesRequestedThisYear: requested.length,
  };
}

/** What the document needs of security groups. */
async function readGroups(
  { site, clients }: Survey,
  { environment, ...about }: About,
): Promise<Pick<SeenEdge, 'group' | 'wayIn'> & { rules: number }> {
  const look = { clients, environment, ledger: openLedger(environment), phase: 'prepare' as const };
  const { edge } = await securityGroup.read(look, { ...about, site, record: undefined, known: {}, retained: [] });
  if (!edge) throw new Error(`Cannot plan the security groups of "${site.domain}": they were not read`);
  const { group, ingress } = edge;
  const { rules = 0, ...wayIn } = ingress;
  return { ...(group && { group }), wayIn, rules };
}

type Balancing = Pick<
  SeenEdge,
  | 'loadBalancer'
  | 'targetGroup'
  | 'listeners'
  | 'secureListenerTags'
  | 'secureListenerCertificates'
  | 'httpListenerTags'
>;

/** The load balancer, its listeners and the target group, whose tags are asked for together. */
async function readBalancing(
  elb: ElasticLoadBalancingV2Client,
  site: Site,
): Promise<{ seen: Balancing; loadBalancers: number; targetGroups: number }> {
  const [balancers, groups] = await Promise.all([listLoadBalancers(elb), listTargetGroups(elb)]);
  const balancer = balancers.get(resourceName(site.domain));
  const group = groups.get(targetGroupName(site));
  const [listeners, targets] = await Promise.all([
    balancer ? listListeners(elb, balancer.arn) : [],
    group ? readTargets(elb, group.arn) : [],
  ]);
  const on = (asked: number) => listeners.find(({ port }) => port === asked);
  const secure = on(443);
  const further = secure?.protocol === 'HTTPS' ? await listFurtherCertificates(elb, secure.arn) : [];
  const standing = [balancer, on(443), on(80), group].flatMap((each) => each?.arn ?? []);
  const tags = await readTagsOfEach(elb, standing);
  const tagsOf = (thing: { arn: string } | undefined) => (thing && tags.get(thing.arn)) ?? {};
  return {
    seen: {
      ...(balancer && { loadBalancer: { ...seenBalancer(balancer), tags: tagsOf(balancer) } }),
      ...(group && { targetGroup: { ...seenGroup(group), tags: tagsOf(group), targets } }),
      listeners,
      secureListenerTags: tagsOf(secure),
      secureListenerCertificates: further,
      httpListenerTags: tagsOf(on(80)),
    },
    loadBalancers: balancers.size,
    targetGroups: groups.size,
  };
}

const seenBalancer = ({ arn, dnsName, zoneId, vpcId, scheme, state, securityGroups }: LoadBalancer) => ({
  arn,
  dnsName,
  zoneId,
  vpcId,
  scheme,
  state,
  securityGroups,
});

const seenGroup = ({ arn, vpcId, healthPath, targetType, protocol }: TargetGroup) => ({
  arn,
  vpcId,
  healthPath,
  targetType,
  protocol,
});
