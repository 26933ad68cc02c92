import { EC2Client } from '@aws-sdk/client-ec2';
import type { Resolver } from '../../../aws/dns/resolver.ts';
import { oneLook } from '../../../aws/one-look.ts';
import { needsResource } from '../../../domain/edges/edge.ts';
import { madeOf } from '../../../domain/ledger/made-of.ts';
import type { SiteRecord } from '../../../domain/ledger/site-record.ts';
import { movesSubnets } from '../../../domain/load-balancers/stands-in.ts';
import { howToTakeBack } from '../../../domain/sites/life/advice.ts';
import { isDeclared } from '../../../domain/sites/life/states.ts';
import { movesDns } from '../../../domain/sites/moves-dns.ts';
import type { Site } from '../../../domain/sites/site.ts';
import { invalidSite } from '../api/invalid-site.ts';
import { readableNames } from '../zones/readable-names.ts';
import { type Survey, type Surveying, surveyWorld } from './check-world.ts';
import { surveyNewInstance } from './survey-new-instance.ts';

/**
 * Looks at the world for a site that may stand already: its load balancer and its records stay where they are.
 *
 * @throws {Refusal} "invalid-site" with everything that is in the way, or can't be changed
 */
export async function surveySite(
  declared: Site,
  record: SiteRecord | undefined,
  { newResolver, now, ...options }: Pick<Surveying, 'planning'> & { newResolver: () => Resolver; now: Date },
): Promise<Survey> {
  const subnets = needsResource(declared, 'load balancer') ? placeOf(record) : undefined;
  const standsIn = subnets && { subnets, takeBack: howToTakeBack(record?.item) };
  const standing = isDeclared(record?.item) ? record.item : undefined;
  const problems = [standsIn && movesSubnets(declared, standsIn), standing && movesDns(declared, standing)];
  const clients = oneLook();
  const { site, errors: unplaced } = await surveyNewInstance(clients(EC2Client), declared, record);
  const errors = [...problems.filter((problem) => problem !== undefined), ...unplaced];
  if (errors.length > 0) throw invalidSite(declared.domain, errors);
  const names = await readableNames(site, { record, newResolver, now });
  return surveyWorld({ ...site, ...(subnets && { subnets }) }, { ...options, clients, names, standsIn, now });
}

/** The subnets of the load balancer that was made for the site; undefined when there is none. */
function placeOf(record: SiteRecord | undefined): string[] | undefined {
  if (!record || !isDeclared(record.item) || madeOf(record, 'load balancer').length === 0) return undefined;
  return record.item.live?.subnets ?? record.item.site.subnets;
}
