import { CloudFrontClient } from '@aws-sdk/client-cloudfront';
import { readDistributionTags } from '../../aws/distributions/distribution-tags.ts';
import { type ListedDistribution, listDistributions } from '../../aws/distributions/list-distributions.ts';
import { readDistribution } from '../../aws/distributions/read-distribution.ts';
import { commentOf } from '../../domain/distributions/identity.ts';
import { needsResource } from '../../domain/edges/edge.ts';
import { madeOf } from '../../domain/ledger/made-of.ts';
import { type StepOutputs, stepOf } from '../../domain/ledger/outputs.ts';
import { isOwnedBy } from '../../domain/ownership.ts';
import type { Site } from '../../domain/sites/site.ts';
import { TYPE as BYPASS, bypassStandIn } from '../bypass/changes.ts';
import { TYPE as PAGE, pageStandIn } from '../page/changes.ts';
import type { Look, Resource, Scope } from '../resource.ts';
import {
  distributionChanges,
  distributionHandles,
  type OwnDistribution,
  type SeenDistributions,
  TYPE,
} from './changes.ts';
import { type DesiredDistribution, desiredDistribution } from './desired.ts';
import { readHolders } from './read-holders.ts';

/**
 * The CloudFront distribution that viewers connect to. It is created while its certificate is pending, and gets names and
 * certificate once that is issued: one deployment is over by then.
 */
export const distribution: Resource<DesiredDistribution, SeenDistributions, StepOutputs['CreateDistribution']> = {
  type: TYPE,
  desired: ({ site, known, record }) =>
    site && needsResource(site, TYPE)
      ? [
          desiredDistribution(site, {
            page: pageIn(known, site),
            functionArn: bypassIn(known, site),
            standing: record?.item,
          }),
        ]
      : [],
  read: readDistributions,
  changes: distributionChanges,
  handles: distributionHandles,
};

/** Where the page is; words where the step that writes it has not told yet. */
function pageIn({ WritePage }: Scope['known'], site: Site): StepOutputs['WritePage'] | undefined {
  if (!needsResource(site, PAGE)) return undefined;
  return WritePage ?? pageStandIn(site.domain);
}

/** The function that leads operators past the page; words where the step that makes it has not told yet. */
function bypassIn({ CreateBypass }: Scope['known'], site: Site): string | undefined {
  if (!needsResource(site, BYPASS)) return undefined;
  return CreateBypass?.functionArn ?? bypassStandIn(site.domain);
}

async function readDistributions(look: Look, scope: Scope): Promise<SeenDistributions> {
  const isDesired = distribution.desired(scope).length > 0;
  // CloudFront is not asked for a site that never had a distribution.
  if (!isDesired && !hasHadOne(scope)) return { own: [] };
  const cloudFront = look.clients(CloudFrontClient);
  const listed = await listDistributions(cloudFront);
  const found = await Promise.all(candidates(listed, scope).map((id) => readOwn(cloudFront, id, scope)));
  const own = found.filter((each) => each !== undefined);
  const others = listed.filter(({ id }) => !own.some((each) => each.id === id));
  const names = distribution.desired(scope).flatMap((each) => each.names);
  const holders = look.phase === 'release' ? [] : await readHolders(cloudFront, others, names);
  const policyId = look.environment.pages?.headersPolicyId;
  const pages = listed.filter(({ headersPolicyIds }) => policyId && headersPolicyIds.includes(policyId)).length;
  return { own, holders, count: listed.length, pages };
}

function hasHadOne({ record }: Scope): boolean {
  return record !== undefined && stepOf(record, 'CreateDistribution') !== undefined;
}

/** Those that the ledger has, and those that the listing may show for ours: whose answer was lost is in no ledger. */
function candidates(listed: readonly ListedDistribution[], { owner, record, known }: Scope): string[] {
  const told = known.CreateDistribution?.distributionId;
  const made = record ? idsMade(record) : [];
  const found = listed.filter(({ comment }) => comment === commentOf(owner.domain)).map(({ id }) => id);
  return [...new Set([...(told === undefined ? [] : [told]), ...made, ...found])];
}

const idsMade = (record: NonNullable<Scope['record']>): string[] => madeOf(record, TYPE).map(({ id }) => id);

/** Undefined of one that is not there any more, or not yet, and of one that is another owner's. */
async function readOwn(
  cloudFront: CloudFrontClient,
  id: string,
  { owner, record }: Scope,
): Promise<OwnDistribution | undefined> {
  const found = await readDistribution(cloudFront, id);
  const tags = found && (await readDistributionTags(cloudFront, found.arn));
  if (!found || !tags) return undefined;
  const isMade = record !== undefined && idsMade(record).includes(id);
  return isMade || isOwnedBy(owner, tags) ? { ...found, tags } : undefined;
}
