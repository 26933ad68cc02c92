import { healthCheckResource } from '../../resources/health-check/health-check.ts';
import { prepareHealthCheck } from '../../resources/health-check/prepare.ts';
import { releaseHealthCheck } from '../../resources/health-check/release.ts';
import { adding, byPhase, releasing } from '../shared/steps/resource-step.ts';

/** The health check that decides between a site and its page. It is deleted after the records that follow it. */
export const handler = byPhase({
  prepare: adding('CreateHealthCheck', { resource: healthCheckResource, applying: prepareHealthCheck }),
  release: releasing('RemoveHealthChecks', {
    resource: healthCheckResource,
    applying: releaseHealthCheck,
    after: 'CreateHealthCheck',
  }),
});
