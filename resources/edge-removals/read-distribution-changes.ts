import { CloudFrontClient, type DistributionConfig } from '@aws-sdk/client-cloudfront';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { readDistribution } from '../../aws/distributions/read-distribution.ts';
import { listRules } from '../../aws/load-balancers/rules.ts';
import type { Clients } from '../../aws/one-look.ts';
import { originIdOf } from '../../domain/distributions/identity.ts';
import { HIDDEN_SECRET, numbered } from '../../domain/distributions/origin-header.ts';
import { needsResource } from '../../domain/edges/edge.ts';
import { stepOf } from '../../domain/ledger/outputs.ts';
import type { SiteRecord } from '../../domain/ledger/site-record.ts';
import { isBalancerName } from '../../domain/load-balancers/dns-name.ts';
import { DISTRIBUTION_MISSING, type EdgeRemoval } from '../../domain/load-balancers/edge-removals.ts';
import { lockRuleIn } from '../../domain/load-balancers/origin-lock.ts';
import { isLocked, secretGenerationOf } from '../../domain/sites/cdn.ts';
import type { Site } from '../../domain/sites/site.ts';
import { prepared, secretOf, serving } from '../distribution/config.ts';
import { originsOf } from '../distribution/config-parts.ts';
import { desiredDistribution } from '../distribution/desired.ts';
import { differences } from '../distribution/differences.ts';

/** What another tool or a person has changed of the distribution of a site that is live; nothing of a site without one. */
export async function readDistributionChanges(
  site: Site,
  { record, clients }: { record: SiteRecord; clients: Clients },
): Promise<EdgeRemoval[]> {
  const { distributionId: id } = stepOf(record, 'CreateDistribution')?.output ?? {};
  const { certificateArn } = stepOf(record, 'AwaitViewerCertificate')?.output ?? {};
  if (!needsResource(site, 'distribution') || id === undefined || certificateArn === undefined) return [];
  const found = await readDistribution(clients(CloudFrontClient), id);
  if (!found) return [DISTRIBUTION_MISSING];
  const { config } = found;
  const desired = desiredDistribution(site, {
    page: stepOf(record, 'WritePage')?.output,
    functionArn: site.failover?.bypass && stepOf(record, 'CreateBypass')?.output?.functionArn,
    standing: record.item,
  });
  const { origin } = desired;
  const secret = origin ? numbered(secretGenerationOf(origin), HIDDEN_SECRET) : '';
  const changed = differences(config, serving(prepared(config, desired, secret), desired, certificateArn));
  if (!changed) return unknownSecret(secretOf(config), { site, record, clients });
  const elb = origin && balancerAsked(config, origin.originName);
  const why =
    elb === undefined ? '' : ` asks a load balancer by its own name "${elb}", which no certificate covers, and`;
  const what = `the distribution ${id}${why} was changed: to be as declared it has to ${changed.words}`;
  return [{ what, calls: ['UpdateDistribution'] }];
}

/** A load balancer that does not know the secret header which the distribution sends answers 403 to everyone. */
async function unknownSecret(
  secret: string | undefined,
  { site, record, clients }: { site: Site; record: SiteRecord; clients: Clients },
): Promise<EdgeRemoval[]> {
  const { listenerArn } = stepOf(record, 'AttachCertificate')?.output ?? {};
  if (!isLocked(site) || secret === undefined || listenerArn === undefined) return [];
  const rule = lockRuleIn(await listRules(clients(ElasticLoadBalancingV2Client), listenerArn));
  if (!rule || rule.secrets.includes(secret)) return [];
  return [
    {
      what: 'the rule on port 443 of the load balancer does not know the secret header that the distribution sends',
      calls: ['ModifyRule', 'UpdateDistribution'],
    },
  ];
}

/** Failures C9: CloudFront answers 502 then. */
function balancerAsked(config: DistributionConfig, originName: string): string | undefined {
  const asked = originsOf(config).find(({ Id }) => Id === originIdOf(originName))?.DomainName;
  return asked !== undefined && isBalancerName(asked) ? asked : undefined;
}
