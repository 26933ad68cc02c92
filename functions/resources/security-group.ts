import { prepareSecurityGroups } from '../../resources/security-group/prepare.ts';
import { releaseSecurityGroups } from '../../resources/security-group/release.ts';
import { securityGroup } from '../../resources/security-group/security-group.ts';
import { byPhase, preparing, releasing } from '../shared/steps/resource-step.ts';

/** Allows ingress to the load balancer of a site and from it to the instance, and revokes what the document no longer needs. */
export const handler = byPhase({
  prepare: preparing('OpenSecurityGroups', securityGroup, prepareSecurityGroups),
  release: releasing('RemoveSecurityGroups', {
    resource: securityGroup,
    applying: releaseSecurityGroups,
    after: 'OpenSecurityGroups',
  }),
});
