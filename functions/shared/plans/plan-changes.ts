import type { Resolver } from '../../../aws/dns/resolver.ts';
import type { Environment } from '../../../aws/environment.ts';
import type { Change } from '../../../domain/changes/change.ts';
import type { World } from '../../../domain/changes/world.ts';
import { beforeOf, copiedTo } from '../../../domain/ledger/made-of.ts';
import type { SiteRecord } from '../../../domain/ledger/site-record.ts';
import type { Usage } from '../../../domain/preflight/quotas.ts';
import type { Obstacle } from '../../../domain/removal/obstacle.ts';
import { isDeclared } from '../../../domain/sites/life/states.ts';
import { changes } from '../../../resources/changes.ts';
import type { Survey } from './check-world.ts';
import { planReleases } from './plan-releases.ts';
import { type Foresee, readWorld } from './read-world.ts';

interface Planning {
  /** The site as it stands, whose earlier documents may have made what this one lets go. */
  record: SiteRecord | undefined;
  environment: Environment;
  newResolver: () => Resolver;
  now: Date;
  foresee?: Foresee;
}

export interface PlannedChanges {
  changes: Change[];
  /** What keeps something from being released: the changes say that it stays. */
  obstacles: Obstacle[];
  world: World;
  usage: Usage;
}

const NOTHING_RELEASED = { changes: [], obstacles: [] };

/** What onboarding the site, or changing it, would change in the world as it is now, with what was read of it. */
export async function planChanges(survey: Survey, { record, now, ...looking }: Planning): Promise<PlannedChanges> {
  const { environment } = looking;
  const owner = { domain: survey.site.domain, stack: environment.stackName };
  const { world: seen, usage } = await readWorld(survey, {
    ...looking,
    owner,
    now,
    copiedTo: (zoneId) => (record ? copiedTo(record, zoneId) : []),
  });
  const standing = isDeclared(record?.item) ? record : undefined;
  const world = standing ? remembering(seen, standing) : seen;
  const releases = standing ? await planReleases(standing, { survey, world, environment }) : NOTHING_RELEASED;
  return {
    changes: [...changes(world, survey.site), ...releases.changes],
    obstacles: releases.obstacles,
    world,
    usage,
  };
}

/** The world with what only the ledger knows of it. */
function remembering({ edge, ...world }: World, record: SiteRecord): World {
  const plain = edge?.listeners.find(({ port }) => port === 80);
  const adopted = plain !== undefined && beforeOf(record, 'listener', plain.arn) !== undefined;
  return { ...world, ...(edge && { edge: { ...edge, ...(adopted && { httpListenerAdopted: true }) } }) };
}
