import type { Environment } from '../../../aws/environment.ts';
import { type Change, inPhase } from '../../../domain/changes/change.ts';
import { type Kept, keptFor } from '../../../domain/changes/kept.ts';
import { releaseChanges } from '../../../domain/changes/release-changes.ts';
import type { World } from '../../../domain/changes/world.ts';
import type { SiteRecord } from '../../../domain/ledger/site-record.ts';
import type { Obstacle } from '../../../domain/removal/obstacle.ts';
import { formerNames } from '../../../domain/sites/former-names.ts';
import { declaresTheSame } from '../../../domain/sites/life/begin.ts';
import { isLive } from '../../../domain/sites/life/states.ts';
import type { Site } from '../../../domain/sites/site.ts';
import { elasticIpOf, securityGroupsOf } from '../../../resources/changes.ts';
import { readReleases } from '../removal/read-releases.ts';
import type { Survey } from './check-world.ts';

/**
 * What the change of a site that stands would let go at its end, found by what the removing steps find it by. A site that
 * is live as declared has nothing to let go.
 */
export async function planReleases(
  record: SiteRecord,
  {
    survey: { site, clients },
    world,
    environment,
  }: { survey: Pick<Survey, 'site' | 'clients'>; world: World; environment: Environment },
): Promise<{ changes: Change[]; obstacles: Obstacle[] }> {
  if (isLive(record.item) && declaresTheSame(site, record.item)) return { changes: [], obstacles: [] };
  const former = formerNames(site, record.item);
  const changed: SiteRecord = { ...record, item: { ...record.item, site, former } };
  const leaving = { record: changed, owner: world.owner, kept: keptIn(world, site) };
  const releases = await readReleases(leaving, { clients, environment });
  return { changes: inPhase('release', releaseChanges(releases)), obstacles: releases.obstacles };
}

/** What the document will keep of what stands by now; what is yet to be made can't be among what goes. */
function keptIn({ edge, ...world }: World, site: Site): Kept {
  const groups = securityGroupsOf({ ...world, ...(edge && { edge }) }, site).handle;
  return keptFor(site, {
    ...elasticIpOf(world, site).handle,
    certificateArn: edge?.certificate?.arn,
    loadBalancerArn: edge?.loadBalancer?.arn,
    targetGroupArn: edge?.targetGroup?.arn,
    group: groups && { id: groups.groupId, wayIn: groups.wayIn },
  });
}
