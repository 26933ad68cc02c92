import type { DeleteHealthCheckRequest, DeleteHealthCheckResponse } from '@aws-sdk/client-route-53';
import type { Operation } from '../../../wire/service.ts';
import type { Route53 } from '../route53.ts';
import { findCheck } from './find.ts';
import { healthCheckArn } from './health-check.ts';

/** Deletes a check, also one that records or other checks refer to: HealthCheckInUse is never answered. */
export function deleteHealthCheck(route53: Route53): Operation<DeleteHealthCheckRequest, DeleteHealthCheckResponse> {
  return {
    resources: ({ HealthCheckId: id }) => [healthCheckArn(id)],
    run({ HealthCheckId: id }) {
      const check = findCheck(route53, id);
      route53.healthChecks.delete(check);
      route53.tags.delete(check.id);
      return {};
    },
  };
}
