import { CloudFrontClient, type DistributionConfig } from '@aws-sdk/client-cloudfront';
import { readDistribution } from '../../aws/distributions/read-distribution.ts';
import type { Clients } from '../../aws/one-look.ts';
import { originIdOf } from '../../domain/distributions/identity.ts';
import { originConnection } from '../../domain/edges/cdn-origin.ts';
import { needsResource } from '../../domain/edges/edge.ts';
import { stepOf } from '../../domain/ledger/outputs.ts';
import type { SiteRecord } from '../../domain/ledger/site-record.ts';
import { isBalancerName } from '../../domain/load-balancers/dns-name.ts';
import { DISTRIBUTION_MISSING, type EdgeRemoval } from '../../domain/load-balancers/edge-removals.ts';
import { cdnOf } from '../../domain/sites/cdn.ts';
import { servedNames } from '../../domain/sites/served-names.ts';
import type { Site } from '../../domain/sites/site.ts';
import { originsOf, prepared, serving } from '../distribution/config.ts';
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
  const desired = {
    ...cdnOf(site),
    ...originConnection(site),
    domain: site.domain,
    names: servedNames(site),
    http: site.http,
  };
  const changed = differences(config, serving(prepared(config, desired, ''), desired, certificateArn));
  if (!changed) return [];
  const elb = balancerAsked(config, desired.originName);
  const why =
    elb === undefined ? '' : ` asks a load balancer by its own name "${elb}", which no certificate covers, and`;
  const what = `the distribution ${id}${why} was changed: to be as declared it has to ${changed.words}`;
  return [{ what, calls: ['UpdateDistribution'] }];
}

/** Failures C9: CloudFront answers 502 then. */
function balancerAsked(config: DistributionConfig, originName: string): string | undefined {
  const asked = originsOf(config).find(({ Id }) => Id === originIdOf(originName))?.DomainName;
  return asked !== undefined && isBalancerName(asked) ? asked : undefined;
}
