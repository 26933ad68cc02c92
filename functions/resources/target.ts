import { releaseTargets } from '../../resources/target-group/release-targets.ts';
import { targets } from '../../resources/target-group/targets.ts';
import { byPhase, releasing } from '../shared/steps/resource-step.ts';

/** Takes out of the target group what is no longer declared, now that what is declared is healthy. */
export const handler = byPhase({
  release: releasing('RemoveTargets', { resource: targets, applying: releaseTargets, after: 'CreateTargetGroup' }),
});
