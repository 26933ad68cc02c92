import type { Resolver } from '../aws/dns/resolver.ts';
import type { Environment } from '../aws/environment.ts';
import type { SiteRecord } from '../aws/ledger/items.ts';
import type { Change } from '../domain/changes/change.ts';
import { changes } from '../domain/changes/changes.ts';
import type { World } from '../domain/changes/world.ts';
import type { Usage } from '../domain/preflight/quotas.ts';
import type { Survey } from './check-world.ts';
import { planReleases } from './plan-releases.ts';
import { readWorld } from './read-world.ts';

interface Planning {
  /** The site as it stands, whose earlier documents may have made what this one lets go. */
  record: SiteRecord | undefined;
  environment: Environment;
  newResolver: () => Resolver;
  now: Date;
}

/** What onboarding the site, or changing it, would change in the world as it is now, with what was read of it. */
export async function planChanges(
  survey: Survey,
  { record, environment, newResolver, now }: Planning,
): Promise<{ changes: Change[]; world: World; usage: Usage }> {
  const owner = { domain: survey.site.domain, stack: environment.stackName };
  const { world, usage } = await readWorld(survey, { owner, environment, newResolver, now });
  const standing = record?.item.state === 'undone' ? undefined : record;
  const releases = standing ? await planReleases(standing, { survey, world, environment }) : [];
  return { changes: [...changes(world, survey.site), ...releases], world, usage };
}
