import { prepareTargetGroup } from '../../resources/target-group/prepare.ts';
import { releaseTargetGroup } from '../../resources/target-group/release.ts';
import { targetGroup } from '../../resources/target-group/target-group.ts';
import { byPhase, preparing, releasing } from '../shared/steps/resource-step.ts';

/** Gives the site its target group with the instance in it, and deletes those that it no longer uses. */
export const handler = byPhase({
  prepare: preparing('CreateTargetGroup', targetGroup, prepareTargetGroup),
  release: releasing('RemoveTargetGroups', {
    resource: targetGroup,
    applying: releaseTargetGroup,
    after: 'CreateTargetGroup',
  }),
});
