import type { Resolver } from '../aws/dns/resolver.ts';
import type { Environment } from '../aws/environment.ts';
import type { Change } from '../domain/changes/change.ts';
import { changes } from '../domain/changes/changes.ts';
import type { World } from '../domain/changes/world.ts';
import type { Usage } from '../domain/preflight/quotas.ts';
import type { Survey } from './check-world.ts';
import { readWorld } from './read-world.ts';

/** What onboarding the site would change in the world as it is now, with what was read of it. */
export async function planChanges(
  survey: Survey,
  { environment, newResolver, now }: { environment: Environment; newResolver: () => Resolver; now: Date },
): Promise<{ changes: Change[]; world: World; usage: Usage }> {
  const owner = { domain: survey.site.domain, stack: environment.stackName };
  const { world, usage } = await readWorld(survey, { owner, environment, newResolver, now });
  return { changes: changes(world, survey.site), world, usage };
}
